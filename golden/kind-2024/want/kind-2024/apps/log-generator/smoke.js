// Made by tracegen; edit the profile instead. `tracegen build` makes it anew.
import http from "k6/http";
import { check, sleep } from "k6";

export const options = { vus: 5, duration: "30s", hosts: { "log-generator.local": "127.0.0.1" } };

export default function () {
  const response = http.get("http://log-generator.local/generate");
  check(response, { "the application answers": (r) => r.status === 200 });
  sleep(1);
}
