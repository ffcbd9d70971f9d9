namespace Ledger.Client.Rosters;

/// <summary>
/// Reads a roster as OneRoster 1.1 exports it (CSV binding, bulk mode): <c>manifest.csv</c>, <c>orgs.csv</c>,
/// <c>academicSessions.csv</c>, <c>courses.csv</c>, <c>users.csv</c>, <c>classes.csv</c> and <c>enrollments.csv</c>.
/// What refers to something must find it.
/// </summary>
public static class OneRoster
{
    private const string Manifest = "manifest.csv";
    private const string Orgs = "orgs.csv";
    private const string Sessions = "academicSessions.csv";
    private const string Courses = "courses.csv";
    private const string Users = "users.csv";
    private const string Classes = "classes.csv";
    private const string Enrollments = "enrollments.csv";
    private const string Version = "1.1";

    /// <summary>
    /// The classes with their members, in order of id. Throws <see cref="FormatException"/> with file and line.
    /// </summary>
    public static IReadOnlyList<RosterGroup> Parse(IReadOnlyDictionary<string, string> files)
    {
        RequireManifest(files);
        HashSet<string> orgs = [.. Table(files, Orgs, "sourcedId", "name", "type")
            .Select(static row => row.Required("sourcedId"))];
        HashSet<string> sessions = [.. Table(files, Sessions, "sourcedId", "title", "startDate", "endDate")
            .Select(SessionOf)];
        Dictionary<string, string> courses = Unique(
            Table(files, Courses, "sourcedId", "title", "orgSourcedId"),
            row =>
            {
                RequireKnown(row, "orgSourcedId", orgs);
                return row.Required("title");
            });
        Dictionary<string, RosterUser> users = Unique(
            Table(files, Users, "sourcedId", "enabledUser", "orgSourcedIds", "role", "username"), UserOf);
        Dictionary<string, RosterGroup> groups = Unique(
            Table(files, Classes, "sourcedId", "title", "courseSourcedId", "schoolSourcedId", "termSourcedIds"),
            row =>
            {
                RequireKnown(row, "schoolSourcedId", orgs);
                RequireKnown(row, "termSourcedIds", sessions);
                string course = row.Required("courseSourcedId");
                return courses.TryGetValue(course, out string? title)
                    ? new RosterGroup(row.Required("sourcedId"), row.Required("title"), title, [])
                    : throw row.Wrong($"there is no course {course}");
            });
        return Fill(groups, users, Table(
            files, Enrollments, "sourcedId", "classSourcedId", "userSourcedId", "role"));
    }

    private static IReadOnlyList<RosterGroup> Fill(
        Dictionary<string, RosterGroup> groups, Dictionary<string, RosterUser> users, IEnumerable<RosterRow> rows)
    {
        Dictionary<string, List<RosterPlace>> places = groups.Keys.ToDictionary(
            static id => id, static _ => new List<RosterPlace>(), StringComparer.Ordinal);
        foreach (RosterRow row in rows)
        {
            string group = row.Required("classSourcedId");
            string user = row.Required("userSourcedId");
            if (!places.TryGetValue(group, out List<RosterPlace>? members))
            {
                throw row.Wrong($"there is no class {group}");
            }

            members.Add(users.TryGetValue(user, out RosterUser? found)
                ? new RosterPlace(found, row.Required("role").ToLowerInvariant(), row.Day("endDate"))
                : throw row.Wrong($"there is no user {user}"));
        }

        return [.. groups.Values.OrderBy(static group => group.SourcedId, StringComparer.Ordinal)
            .Select(group => group with { Places = places[group.SourcedId] })];
    }

    private static RosterUser UserOf(RosterRow row)
    {
        string enabled = row.Required("enabledUser");
        if (!bool.TryParse(enabled, out bool isEnabled))
        {
            throw row.Wrong($"enabledUser is true or false, not {enabled}");
        }

        return new RosterUser(
            row.Required("sourcedId"), row.Required("username"), row["identifier"], row["email"], isEnabled);
    }

    private static string SessionOf(RosterRow row)
    {
        if (row.Day("startDate") > row.Day("endDate"))
        {
            throw row.Wrong("the session ends before it begins");
        }

        return row.Required("sourcedId");
    }

    private static void RequireManifest(IReadOnlyDictionary<string, string> files)
    {
        if (!files.TryGetValue(Manifest, out string? text))
        {
            throw new FormatException($"There is no {Manifest}: this is no export of OneRoster {Version}.");
        }

        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (RosterRow row in RosterTable.Parse(Manifest, text, "propertyName", "value").Rows)
        {
            properties[row.Required("propertyName")] = row["value"];
        }

        string version = properties.GetValueOrDefault("oneroster.version", "");
        if (version != Version)
        {
            throw new FormatException($"{Manifest} says version {version}; this program reads {Version}.");
        }

        foreach (string file in (string[])[Orgs, Sessions, Courses, Users, Classes, Enrollments])
        {
            string mode = properties.GetValueOrDefault($"file.{file[..^4]}", "absent");
            if (mode != "bulk")
            {
                throw new FormatException($"{Manifest} says that {file} is {mode}: export it in bulk mode.");
            }
        }
    }

    private static IEnumerable<RosterRow> Table(
        IReadOnlyDictionary<string, string> files, string name, params string[] columns) =>
        files.TryGetValue(name, out string? text)
            ? RosterTable.Parse(name, text, columns).Rows.Where(static row => !row.IsDeleted)
            : throw new FormatException($"There is no {name}.");

    private static Dictionary<string, T> Unique<T>(IEnumerable<RosterRow> rows, Func<RosterRow, T> read)
    {
        Dictionary<string, T> found = new(StringComparer.Ordinal);
        foreach (RosterRow row in rows)
        {
            string id = row.Required("sourcedId");
            if (!found.TryAdd(id, read(row)))
            {
                throw row.Wrong($"there is another row with the id {id}");
            }
        }

        return found;
    }

    // A cell may name several, with commas between them.
    private static void RequireKnown(RosterRow row, string column, HashSet<string> known)
    {
        foreach (string id in row.Required(column).Split(',', StringSplitOptions.TrimEntries))
        {
            if (!known.Contains(id))
            {
                throw row.Wrong($"{column} names {id}, which is not there");
            }
        }
    }
}
