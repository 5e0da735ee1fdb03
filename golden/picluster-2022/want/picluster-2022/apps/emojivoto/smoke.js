// Made by tracegen; edit the profile instead. `tracegen build` makes it anew.
import http from "k6/http";
import { check, sleep } from "k6";

export const options = { vus: 5, duration: "30s" };

export default function () {
  const response = http.get("http://emojivoto.picluster.ricsanfre.com/api/list");
  check(response, { "the application answers": (r) => r.status === 200 });
  sleep(1);
}
