package main

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/charts"
)

// printShown prints what is known of a version in words.
func printShown(b *strings.Builder, s *charts.Shown) {
	fmt.Fprintf(b, "%s %s", s.Chart, s.Version)
	if s.AppVersion != "" {
		fmt.Fprintf(b, ", of version %s", s.AppVersion)
	}
	b.WriteString("\n")
	if s.Repository != "" {
		fmt.Fprintf(b, "from %s\n", s.Repository)
	}
	for _, d := range s.Deprecated {
		fmt.Fprintf(b, "deprecated; %s\n", d)
	}
	printServices(b, s)
	if len(s.Receivers) > 0 {
		b.WriteString("\nReceivers:\n")
		for _, r := range s.Receivers {
			on := "off"
			if r.On {
				on = "on"
			}
			fmt.Fprintf(b, "  %s %d, %s (%s)\n", r.Name, r.Port, on, r.Key)
		}
	}
	if len(s.Details) > 0 {
		b.WriteString("\nFeatures:\n")
	}
	for _, f := range s.Details {
		fmt.Fprintf(b, "  %s: %s\n    %s\n", f.Name, featureText(f.Value), f.Doc)
		if f.Source != "" {
			fmt.Fprintf(b, "    source: %s\n", f.Source)
		}
	}
}

// printServices prints the Services, or says why there are none.
func printServices(b *strings.Builder, s *charts.Shown) {
	switch {
	case len(s.Services) > 0:
		fmt.Fprintf(b, "\nServices of the release %s:\n", s.Release)
		for _, service := range s.Services {
			kind := ""
			if service.Headless {
				kind = " (headless)"
			} else if service.Type != "ClusterIP" {
				kind = " (" + service.Type + ")"
			}
			fmt.Fprintf(b, "  %s%s\n", service.Name, kind)
			for _, p := range service.Ports {
				fmt.Fprintf(b, "    %s\n", portText(p))
			}
		}
	case s.KnowsServices:
		b.WriteString("\nno Services, with these values\n")
	case s.Repository == "" && len(s.Details) == 0:
		b.WriteString("you have imported it: what is known of it are its value keys\n")
	case s.Repository == "":
		b.WriteString("it is no chart: what is known of it are its features\n")
	default:
		b.WriteString("\nits Services are not known\n")
	}
}

func portText(p charts.Port) string {
	out := fmt.Sprint(p.Port)
	if p.Protocol != "TCP" && p.Protocol != "" {
		out += "/" + p.Protocol
	}
	if p.Name != "" {
		out += " " + p.Name
	}
	return out
}

func featureText(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case []string:
		if len(v) == 0 {
			return "none"
		}
		return strings.Join(v, ", ")
	case string:
		if v == "" {
			return "empty"
		}
	}
	return fmt.Sprint(v)
}

// printTop prints the first level of the value keys.
func printTop(b *strings.Builder, k *charts.Knowledge, s charts.Subject) error {
	if s.Product() {
		return nil
	}
	if !s.Keys {
		fmt.Fprintf(b, "\nits value keys are not known; `tracegen charts import` on the chart's archive makes them so\n")
		return nil
	}
	top, err := k.Tree(s, "", 1)
	if err != nil {
		return err
	}
	b.WriteString("\nValue keys, of which a path shows more:\n")
	for _, key := range top.Keys {
		printKey(b, key, 1)
	}
	return nil
}

func printKey(b *strings.Builder, k charts.Key, depth int) {
	if k.Name != "" {
		fmt.Fprintf(b, "%s%s: %s\n", strings.Repeat("  ", depth), k.Name, keyText(k))
		depth++
	}
	for _, below := range k.Keys {
		printKey(b, below, depth)
	}
}

func keyText(k charts.Key) string {
	out := k.Kinds
	if k.Shape != "" {
		out += " of " + k.Shape
	}
	if k.Open != "" {
		out += ", any key: copied in " + k.Open
	}
	if k.More > 0 {
		out += fmt.Sprintf(", %s below", counted(k.More, "key"))
	}
	return out
}
