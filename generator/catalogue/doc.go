// Package catalogue tells what each code means.
package catalogue
