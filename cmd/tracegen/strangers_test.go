package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// strangers are the other programs that the pages call. They need a cluster, so
// here each only looks whether what it is given is there and is of its kind.
var strangers = map[string]func(args []string) error{
	"kind":    kindCommand,
	"kubectl": kubectl,
	"helm":    helm,
	"flux":    flux,
	"mc":      mc,
	"k6":      k6,
}

func stranger() {
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	if err := strangers[name](os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(126) // so that the page's test fails
	}
}

// flag gives the value behind a flag.
func flag(args []string, names ...string) string {
	for i, a := range args[:max(len(args)-1, 0)] {
		if slices.Contains(names, a) {
			return args[i+1]
		}
	}
	return ""
}

func is(args []string, words ...string) bool {
	return len(args) >= len(words) && slices.Equal(args[:len(words)], words)
}

func document(file string) (map[string]any, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	return out, yaml.Unmarshal(data, &out)
}

func kindCommand(args []string) error {
	switch {
	case is(args, "create", "cluster"):
		d, err := document(flag(args, "--config"))
		if err != nil {
			return err
		}
		if d["kind"] != "Cluster" {
			return fmt.Errorf("%v is no cluster", d["kind"])
		}
		return nil
	case is(args, "delete", "cluster"):
		return nil
	}
	return fmt.Errorf("%q is not known", args)
}

func kubectl(args []string) error {
	namespaced := false
	if len(args) > 2 && args[0] == "-n" {
		args, namespaced = args[2:], true
	}
	switch {
	case is(args, "apply", "-k"), is(args, "kustomize"):
		return kustomization(args[len(args)-1])
	case is(args, "apply", "-f"):
		if strings.HasPrefix(args[2], "https://") {
			return nil
		}
		_, err := document(args[2])
		return err
	case is(args, "wait"), is(args, "get"), is(args, "port-forward"), is(args, "create", "secret", "generic"), is(args, "logs"):
		if !namespaced && !slices.Contains(args, "-A") {
			return fmt.Errorf("%q: in which namespace?", args)
		}
		return nil
	}
	return fmt.Errorf("%q is not known", args)
}

// kustomization demands that what a kustomization names is there, down to the
// files.
func kustomization(dir string) error {
	d, err := document(filepath.Join(dir, "kustomization.yaml"))
	if err != nil {
		return err
	}
	for _, key := range []string{"resources", "components"} {
		list, _ := d[key].([]any)
		for _, entry := range list {
			to := fmt.Sprint(entry)
			if strings.HasPrefix(to, "https://") {
				continue
			}
			to = filepath.Join(dir, to)
			info, err := os.Stat(to)
			if err != nil {
				return err
			}
			if info.IsDir() {
				if err := kustomization(to); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func helm(args []string) error {
	switch {
	case is(args, "repo", "add"), is(args, "repo", "update"):
		return nil
	case is(args, "pull") && flag(args, "--version") != "" && slices.Contains(args, "--untar"):
		return smallChart(args[1], flag(args, "--version"))
	case is(args, "install"), is(args, "upgrade", "--install"), is(args, "template"):
		if flag(args, "--version") == "" {
			return fmt.Errorf("%q pins no version", args)
		}
		for i, a := range args {
			if a != "-f" {
				continue
			}
			if args[i+1] == "-" {
				data, err := io.ReadAll(os.Stdin)
				if err != nil || len(data) == 0 {
					return fmt.Errorf("no values on standard input: %v", err)
				}
				continue
			}
			if _, err := document(args[i+1]); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%q is not known", args)
}

// smallChart is what a pull leaves behind, as far as an import needs it.
func smallChart(name, version string) error {
	for file, text := range map[string]string{
		"Chart.yaml":          "apiVersion: v2\nname: " + name + "\nversion: " + version + "\n",
		"values.yaml":         "config: {}\n",
		"templates/conf.yaml": "{{ toYaml .Values.config }}\n",
	} {
		file = filepath.Join(name, file)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func flux(args []string) error {
	switch {
	case is(args, "install"), is(args, "bootstrap", "github"), is(args, "get", "kustomizations"), is(args, "get", "helmreleases"):
		return nil
	case is(args, "reconcile", "kustomization"), is(args, "suspend", "kustomization"), is(args, "resume", "kustomization"):
		if len(args) < 3 {
			return fmt.Errorf("%q names none", args)
		}
		return nil
	case is(args, "push", "artifact"), is(args, "create", "source", "oci"), is(args, "create", "kustomization"):
		return nil
	}
	return fmt.Errorf("%q is not known", args)
}

// mc demands the words of March 2023 and later, and the files that it is given.
func mc(args []string) error {
	if is(args, "--json") {
		args = args[1:]
	}
	switch {
	case is(args, "alias", "set") && len(args) == 6, is(args, "mb"), is(args, "admin", "user", "info"):
		return nil
	case is(args, "admin", "policy", "create"):
		_, err := os.Stat(args[len(args)-1])
		return err
	case is(args, "admin", "policy", "attach") && flag(args, "--user") != "":
		return nil
	case is(args, "admin", "user", "add"):
		data, err := io.ReadAll(os.Stdin)
		if lines := strings.Fields(string(data)); err == nil && len(lines) != 2 {
			err = fmt.Errorf("a user and a password are wanted, not %d words", len(lines))
		}
		return err
	}
	return fmt.Errorf("%q is not known", args)
}

func k6(args []string) error {
	if !is(args, "run") || len(args) != 2 {
		return fmt.Errorf("%q is not known", args)
	}
	_, err := os.Stat(args[1])
	return err
}
