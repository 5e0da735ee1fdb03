package importer

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// archiveFile reads an archive from the disk.
func (b *budget) archiveFile(name string) (map[string][]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return b.unpack(f)
}

func (b *budget) archive(data []byte) (map[string][]byte, error) {
	return b.unpack(bytes.NewReader(data))
}

// unpack reads an archive, packed with gzip or not, into memory. Its members
// stand in one directory, which is not part of their names here.
func (b *budget) unpack(r io.Reader) (map[string][]byte, error) {
	r, err := inflated(r)
	if err != nil {
		return nil, err
	}
	archive := tar.NewReader(&counted{r, b})
	files := map[string][]byte{}
	seen := map[string]bool{}
	top := ""
	for {
		h, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF) && len(seen) == 0:
			return nil, errors.New("the archive is empty")
		case errors.Is(err, io.EOF):
			return files, readOut(r, b)
		case errors.Is(err, errTooMuch):
			return nil, err
		case err != nil:
			return nil, fmt.Errorf("no archive that can be read: %w", err)
		case h.Typeflag == tar.TypeXGlobalHeader:
			continue
		}
		if err := b.member(h.Name); err != nil {
			return nil, err
		}
		name, err := memberName(h)
		if err != nil {
			return nil, err
		}
		first, rest, _ := strings.Cut(name, "/")
		if top == "" {
			top = first
		}
		switch {
		case first != top:
			return nil, fmt.Errorf("%s does not stand in the directory %s, as the other members do", name, top)
		case h.Typeflag == tar.TypeDir:
			continue
		case rest == "":
			return nil, fmt.Errorf("%s stands in no directory; a chart's archive has one, named after the chart", name)
		case seen[rest]:
			return nil, fmt.Errorf("%s is in the archive twice", name)
		case h.Size > maxFile:
			return nil, fmt.Errorf("%s has more than %d MiB", name, maxFile>>20)
		}
		seen[rest] = true
		if !wanted(rest) {
			continue
		}
		data, err := readMember(archive, name)
		if err != nil {
			return nil, err
		}
		if err := b.keep(files, rest, data); err != nil {
			return nil, err
		}
	}
}

func readMember(archive io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(archive)
	if err != nil && !errors.Is(err, errTooMuch) {
		err = fmt.Errorf("%s: the archive cannot be read on: %w", name, err)
	}
	return data, err
}

// inflated undoes gzip, where a file begins as one of its does.
func inflated(r io.Reader) (io.Reader, error) {
	var magic [2]byte
	n, err := io.ReadFull(r, magic[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r = io.MultiReader(bytes.NewReader(magic[:n]), r)
	if magic != [2]byte{0x1f, 0x8b} {
		return r, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("no archive that can be unpacked: %w", err)
	}
	return z, nil
}

// readOut reads what follows the members, so that an archive that is damaged or
// cut off is told from a whole one.
func readOut(r io.Reader, b *budget) error {
	_, err := io.Copy(io.Discard, &counted{r, b})
	switch {
	case errors.Is(err, errTooMuch):
		return err
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the archive is damaged or cut off: %w", err)
	}
	return nil
}

// memberName is the name of a member that a chart may have.
func memberName(h *tar.Header) (string, error) {
	name := strings.TrimPrefix(h.Name, "./")
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeDir:
	case tar.TypeSymlink, tar.TypeLink:
		return "", fmt.Errorf("%q is a link to %q; a chart's archive has files only", name, h.Linkname)
	default:
		return "", fmt.Errorf("%q is no plain file; a chart's archive has nothing else", name)
	}
	for _, key := range []string{"GNU.sparse.major", "GNU.sparse.map", "GNU.sparse.realsize"} {
		if h.PAXRecords[key] != "" {
			return "", fmt.Errorf("%q is a sparse file; a chart's archive has plain ones", name)
		}
	}
	clean := path.Clean(name)
	switch {
	case !printable(name):
		return "", fmt.Errorf("%q is no name that can be shown", name)
	case strings.HasPrefix(name, "/"), strings.ContainsAny(name, "\\:\x00"):
		return "", fmt.Errorf("%q is no path below the chart", name)
	case clean == "..", strings.HasPrefix(clean, "../"), strings.Contains("/"+name+"/", "/../"):
		return "", fmt.Errorf("%q leads out of the chart", name)
	}
	return clean, nil
}

var errTooMuch = fmt.Errorf("unpacked it has more than %d MiB", maxTotal>>20)

// counted reads on until the budget is used up.
type counted struct {
	r io.Reader
	b *budget
}

func (c *counted) Read(p []byte) (int, error) {
	if c.b.total > maxTotal {
		return 0, errTooMuch
	}
	n, err := c.r.Read(p)
	c.b.total += int64(n)
	return n, err
}
