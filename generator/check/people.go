package check

import (
	"fmt"

	"tracegen.dev/generator/diag"
)

var anonymous = &Rule{
	Code: "TG055",
	Name: "anonymous Grafana",
	Doc:  "only in a throw-away cluster does anybody get into Grafana without a login",
	Run: func(c *Context) {
		if c.Grafana == nil || !c.Grafana.People.Anonymous.Value || c.Throwaway.Value {
			return
		}
		on := c.Grafana.People.Anonymous
		c.Report(said(on), diag.Diagnostic{
			Message: "anybody who reaches Grafana could read all traces, logs and metrics, and change dashboards",
			Help:    "leave it out; or, for a cluster that holds nothing worth protecting, write cluster: throwaway: true",
		}, on, c.Throwaway)
	},
}

var knownPassword = &Rule{
	Code: "TG056",
	Name: "Grafana's administrator",
	Doc:  "where an Ingress leads to Grafana, its administrator has no password that everybody knows",
	Run: func(c *Context) {
		if c.Grafana == nil || c.Throwaway.Value || c.Grafana.People.Host.Value == "" || c.Grafana.People.Admin.Value != "" {
			return
		}
		if password := c.Grafana.Str("adminPassword"); password.Value != "" {
			c.Report(said(c.Grafana.People.Host), diag.Diagnostic{
				Message: fmt.Sprintf("an Ingress leads to Grafana, whose administrator has the password %q by default in %s %s", password.Value, c.Grafana.ChartName, c.Grafana.Version.Value),
				Help:    `add grafana: adminSecret: "…", the name of a Secret with the keys admin-user and admin-password; or write ` + c.Grafana.Pin(c.Grafana.With("adminPassword", "")) + " or later",
			}, password, c.Grafana.People.Host, c.Grafana.People.Admin, c.Throwaway)
		}
	},
}
