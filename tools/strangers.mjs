// Reads calendars with parsers that are not ours. In: a JSON list of iCalendar texts. Out: a JSON list of what each
// parser saw. Moments are milliseconds since 1970 in UTC; a day without a time is its date.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = (value) => (value && typeof value === "object" && "val" in value ? value.val : value) ?? null;
const day = (moment) => moment.toISOString().slice(0, 10);

function byIcalJs(source) {
  const calendar = new ICAL.Component(ICAL.parse(source));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const at = (time) => (time === null ? null : time.isDate ? time.toString() : time.toUnixTime() * 1000);
  const events = calendar.getAllSubcomponents("vevent").map((part) => {
    const one = (name) => part.getFirstPropertyValue(name);
    const named = (name) => part.getFirstProperty(name)?.getParameter("cn") ?? null;
    return {
      uid: one("uid"), sequence: one("sequence"), summary: one("summary"), description: one("description"),
      location: one("location"), status: one("status"), url: one("url"), start: at(one("dtstart")),
      end: at(one("dtend")), stamp: at(one("dtstamp")), conference: one("conference"), organizer: one("organizer"),
      attendee: one("attendee"), attendeeName: named("attendee"), alarms: part.getAllSubcomponents("valarm").length,
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), events };
}

function byNodeIcal(source) {
  const read = nodeIcal.sync.parseICS(source);
  const at = (moment) => (!moment ? null : moment.dateOnly ? day(moment) : moment.getTime());
  const events = Object.values(read).filter((part) => part.type === "VEVENT").map((part) => ({
    uid: part.uid, sequence: Number(part.sequence), summary: text(part.summary), description: text(part.description),
    location: text(part.location), status: part.status, url: text(part.url), start: at(part.start), end: at(part.end),
    stamp: at(part.dtstamp), conference: text(part.conference), organizer: text(part.organizer),
    attendee: text(part.attendee), attendeeName: part.attendee?.params?.CN ?? null, alarms: (part.alarms ?? []).length,
  }));
  return { method: read.vcalendar.method, events };
}

const seen = (parser, source) => {
  try {
    return parser(source);
  } catch (trouble) {
    return { trouble: String(trouble) };
  }
};
const sources = JSON.parse(readFileSync(0, "utf8"));
const answer = sources.map((source) => ({ icalJs: seen(byIcalJs, source), nodeIcal: seen(byNodeIcal, source) }));
process.stdout.write(JSON.stringify(answer));
