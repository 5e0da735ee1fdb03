package secret

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracegen.dev/internal/bounded"
)

// joined keeps what looks like a real token from being one in this file, too.
func joined(parts ...string) string { return strings.Join(parts, "") }

var (
	aws      = joined("AKIA", "Q7RZ4M2XLW9TB3KD")
	github   = joined("ghp", "_", "k2Jd8sLq0ZxWv5TnRb3Yc7Hf1Mg6Pa4Ue9Qo")
	jwt      = joined("eyJ", "hbGciOiJIUzI1NiJ9", ".eyJ", "zdWIiOiIxMjM0NTY3ODkwIn0", ".s5vQ2k")
	slackIn  = joined("xoxb", "-2147483647-2147483647-", "AbCdEfGhIjKlMnOpQrStUvWx")
	gitlab   = joined("gl", "pat-", "h7Jk2mQ9xW4vB8nR3tYc")
	chance   = "q7XkP2vR9mT4sW8nB3yL6cZ1"
	private_ = joined("-----BEGIN RSA ", "PRIVATE KEY-----")
)

// TestKnows has every kind of secret in every syntax of the tree.
func TestKnows(t *testing.T) {
	for _, c := range []struct{ text, what string }{
		{"password: hunter2", "the value of password"},
		{`adminPassword: "hunter2" # see below`, "the value of adminPassword"},
		{`  "client_secret": "hunter2",`, "the value of client_secret"},
		{`	auth_token = "hunter2"`, "the value of auth_token"},
		{"export MINIO_SECRET_KEY=hunter2", "the value of MINIO_SECRET_KEY"},
		{"--tracing.otlp.http.headers.Authorization=Bearer-hunter2", "the value of Authorization"},
		{"Authorization: Basic aHVudGVyOmh1bnRlcg==", "the value of Authorization"},
		{"- url: https://tempo:hunter2@s3.example.com/x", "a password in a URL"},
		{"postgres://u:hunter2@db:5432", "a password in a URL"},
		{"key: |\n  " + private_, "a private key"},
		{"id: " + aws, "an access key of AWS"},
		{"x: " + github, "a token of GitHub"},
		{"x: " + jwt, "a JSON web token"},
		{"x: " + slackIn, "a token of Slack"},
		{"x: " + gitlab, "a token of GitLab"},
		{"seed: " + chance, "a text as random as a key"},
		{"-----BEGIN CERTIFICATE-----\npassword: hunter2", "the value of password"},
	} {
		var found []Find
		Scan([]byte("# a comment\n"+c.text+"\n"), func(f Find) { found = append(found, f) })
		if len(found) != 1 || found[0].What != c.what || found[0].Line != 2+strings.Count(c.text, "\n") {
			t.Errorf("%q: found %+v, not %s", c.text, found, c.what)
		}
	}
	if what := In("GF_OAUTH_CLIENT_ID", chance); what != "" {
		t.Errorf("the name of a client is %q", what)
	}
	if what := In("password", "hunter2"); what != "the value of password" {
		t.Errorf("a password is %q", what)
	}
	if what := In("config", "a: b\npassword: hunter2\n"); what != "the value of password" {
		t.Errorf("a password in a text is %q", what)
	}
}

// TestKnowsNot has what names a secret, says where it is, or is as long as one.
func TestKnowsNot(t *testing.T) {
	for _, text := range []string{
		"password:", `password: ""`, "password: null", "password: ${PASSWORD}", `secret_key: "$${TEMPO_SECRET_KEY}"`, "token: $(cat /x)",
		"password: {{ .Values.x }}", "existingSecret: grafana", "existingSecretPassword: grafana", "passwordKey: admin-password",
		"password: ENC[AES256_GCM,data:q7XkP2vR9mT4sW8nB3yL6cZ1]", "secretKeyRef:", "secretName: tempo", "automountServiceAccountToken: true",
		"kind: ExternalSecret\nsecretKey: secret_key", "# password: set it by the variable of that name", "passwordFile: /etc/x", "password: /etc/x",
		"digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "image: x@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		`uid: ` + chance, "-----BEGIN PGP MESSAGE-----\n\n" + chance + "\n-----END PGP MESSAGE-----\nx: y", "ca: |\n  -----BEGIN CERTIFICATE-----\n  " + chance + "\n  -----END CERTIFICATE-----", `authToken: "-"`, "integrity: sha512-q7XkP2vR9mT4sW8nB3yL6cZ1q7XkP2vR9mT4sW8nB3yL6cZ1", "host: tempo-query-frontend.observability.svc.cluster.local",
		"maxSearchBytesPerTraceInBackendAndIngester2: 5", "clientID: 01234567-89ab-cdef-0123-456789abcdef", "arn:aws:iam::123456789012:role/tempo",
		"https://s3.example.com:9000/x", "http://user@s3.example.com", "url: http://$USER:$PASSWORD@x", "password = env(\"X\")", "mail: a:b@example.com",
	} {
		Scan([]byte(text), func(f Find) { t.Errorf("%q is taken for %s", text, f.What) })
	}
}

// TestNoFalseAlarm reads what tracegen writes.
func TestNoFalseAlarm(t *testing.T) {
	files := 0
	for _, root := range []string{"../../golden", "../../out"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) == ".cue" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(data), "throw-away credentials") {
				return err
			}
			files++
			Scan(data, func(f Find) { t.Errorf("%s:%d: %s is taken for %s", path, f.Line, f.Text, f.What) })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 500 {
		t.Errorf("only %d files", files)
	}
}

// TestLinear wants a time that grows with the length alone.
func TestLinear(t *testing.T) {
	uid := "uid: " + strings.Repeat(chance+" ", 1<<20/len(chance))
	start := time.Now()
	if Scan([]byte(uid), func(Find) {}); time.Since(start) > 2*time.Second {
		t.Errorf("1 MB of identifiers takes %s", time.Since(start))
	}
	for _, piece := range []string{"a", ":", "=", "-", "://", "xox", "password=", "a:b@", "eyJ", "\"", "- x: ghp_", "q7XkP2vR9mT4sW8nB3yL6cZ1 ", "aaaaaaaaaaaaaaaaaaaa ", `password=""`, "ENC[ q7XkP2vR9mT4sW8nB3yL6cZ1", "password: ${X} "} {
		start := time.Now()
		Scan([]byte(strings.Repeat(piece, 1<<20/len(piece))), func(Find) {})
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("1 MB of %q takes %s", piece, took)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte("password: hunter2\nx: https://a:b@c\n"), "password")
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		lines := strings.Count(string(data), "\n") + 1
		bounded.Run(t, len(data)+len(key), func() {
			Scan(data, func(found Find) {
				if found.What == "" || found.Line < 1 || found.Line > lines || !strings.Contains(string(data), found.Text) {
					t.Errorf("%+v", found)
				}
			})
			In(key, string(data))
		})
	})
}

func BenchmarkScan(b *testing.B) {
	var data []byte
	err := filepath.WalkDir("../../out", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		data = append(data, text...)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Scan(data, func(Find) {})
	}
}
