using System.Text;
using Ledger.Client.Records;
using Ledger.Client.Rosters;
using Ledger.Client.Tables;
using Ledger.CommandLine.Commands;
using Ledger.CommandLine.Hosting;
using Ledger.Node.Configuration;
using Ledger.Node.Erasure.Retention;
using Ledger.Node.Records;
using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Records.Mapping;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What other record stores, rosters and files of records hold.</summary>
internal static class ConnectorTargets
{
    private static readonly BookRollSource BookRoll = new("https://bookroll.example", TimeSpan.FromHours(9));

    private static readonly Func<string, int> ReadOffset =
        Hidden.Method<Func<string, int>>(typeof(RecordImportCommand), "ReadOffset");

    private static readonly Func<Stream, string, string> ReadText =
        Hidden.Method<Func<Stream, string, string>>(typeof(RosterFiles), "ReadText");

    public static IEnumerable<FuzzTarget> All() =>
        [Envelope(), Links(), Periods(), Pages(), OpenLrw(), Places(), Lines(), Tables(), Roster()];

    private static FuzzTarget Envelope() => Plain(
        "caliper-envelope",
        InputKind.Json,
        [RecordSamples.Envelope],
        static bytes => Takes<RecordFormatException>(() =>
        {
            foreach (JsonCursor learningEvent in CaliperEnvelope.Events(JsonTree.Parse(bytes).Root))
            {
                (string actor, string verb) = CaliperRules.Event(learningEvent);
                FuzzViolation.Unless(
                    actor.StartsWith("caliper|", StringComparison.Ordinal)
                    && verb.StartsWith(CaliperActions.Vocabulary, StringComparison.Ordinal),
                    "an event without an actor or a verb");
            }
        }),
        new Decoder(typeof(CaliperContext), nameof(CaliperContext.TryParse)));

    private static FuzzTarget Links() => Plain(
        "links-file",
        InputKind.Json,
        [
            LedgerSamples.Utf8("""
                {"links":[{"name":"campus","kind":"PullXapi","address":"https://lrs.example/xapi","user":"ledger"},
                {"name":"lrw","kind":"PullOpenLrw","address":"http://127.0.0.1:9966","user":"key"}]}
                """),
        ],
        static bytes => Takes<ConfigurationException>(() =>
        {
            foreach (LinkSettings link in LinksFile.Parse(bytes))
            {
                FuzzViolation.Unless(
                    link.Base.Scheme == "https" || link.Base.IsLoopback, "credentials would go out in clear");
            }
        }),
        new Decoder(typeof(LinksFile), nameof(LinksFile.Parse)));

    private static FuzzTarget Periods() => Plain(
        "retention-file",
        InputKind.Json,
        [
            LedgerSamples.Utf8("""
                {"classes":[{"name":"reading","verbs":["http://id.tincanapi.com/verb/viewed"],"days":365}],
                "otherDays":3650}
                """),
        ],
        static bytes => Takes<ConfigurationException>(() =>
        {
            foreach (RetentionClass one in RetentionFile.Parse(bytes).Classes)
            {
                FuzzViolation.Unless(one.Days > 0 && one.Verbs.Count > 0, "records would be erased as they come");
            }
        }),
        new Decoder(typeof(RetentionFile), nameof(RetentionFile.Parse)));

    private static FuzzTarget Pages() => Plain(
        "statement-page",
        InputKind.Json,
        [
            LedgerSamples.Utf8($$"""
                {"statements":[{{Encoding.UTF8.GetString(RecordSamples.Plain)}},
                {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000001","stored":"2026-01-02T03:04:05.123456789Z"}],
                "more":"/xapi/statements?more=1"}
                """),
        ],
        static bytes => Takes<LinkException>(() =>
        {
            XapiRequests requests = new(
                new LinkSettings("campus", LinkKind.PullXapi, "https://lrs.example/xapi", "ledger"), "secret");
            PulledPage.ReadOne(bytes);
            PulledPage page = PulledPage.Read(bytes);
            FuzzViolation.Unless(
                page.More.Length == 0 || requests.More(page.More).Host == "lrs.example",
                "credentials would go to another host");
        }),
        new Decoder(typeof(PulledPage), nameof(PulledPage.Read)),
        new Decoder(typeof(PulledPage), nameof(PulledPage.ReadOne)));

    private static FuzzTarget OpenLrw() => Plain(
        "openlrw-page",
        InputKind.Json,
        [
            LedgerSamples.Utf8("""
                [{"@context":"http://purl.imsglobal.org/ctx/caliper/v1/Context","id":"86c10f9f605141513a58202faad8f200",
                "@type":"http://purl.imsglobal.org/caliper/v1/Event","actor":{"@id":"https://example.edu/user/554433",
                "@type":"http://purl.imsglobal.org/caliper/v1/lis/Person"},"eventTime":1442312100.5,"target":null,
                "action":"http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed","timeZoneOffset":3600,
                "object":{"@id":"https://example.com/b","@type":"http://www.idpf.org/epub/vocab/structure/#volume"}}]
                """),
        ],
        static bytes => Takes<LinkException>(() =>
        {
            foreach (GivenRecord one in OpenLrwPage.Read(bytes).Events)
            {
                FuzzViolation.Unless(one.Id.StartsWith("urn:uuid:", StringComparison.Ordinal), "an event without id");
            }
        }),
        new Decoder(typeof(OpenLrwPage), nameof(OpenLrwPage.Read)),
        new Decoder(typeof(OpenLrwEvent), nameof(OpenLrwEvent.Read)));

    private static FuzzTarget Places() => Plain(
        "connector-texts",
        InputKind.Text,
        [
            LedgerSamples.Utf8("3 2026-01-02T03:04:05.0000000+00:00 - -"), LedgerSamples.Utf8("+09:00"),
            LedgerSamples.Utf8("https://moodle.example|{username}"), LedgerSamples.Utf8("ADD MARKER"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            RosterUser user = new("u1", "jo", "", "jo@example.edu", true);
            return FieldRules.IsIri(BookRollOperations.VerbOf(text, BookRoll.Address))
                | Takes<FormatException>(() =>
                {
                    OpenLrwCursor cursor = OpenLrwCursor.Parse(text);
                    FuzzViolation.Unless(
                        OpenLrwCursor.Parse(cursor.ToString()) == cursor, "a place is written otherwise");
                })
                | Takes<CommandException>(() => ReadOffset(text))
                | Takes<FormatException>(() => AccountTemplate.Parse(text).AccountOf(user));
        },
        new Decoder(typeof(OpenLrwCursor), nameof(OpenLrwCursor.Parse)),
        new Decoder(typeof(RecordImportCommand), "ReadOffset"),
        new Decoder(typeof(AccountTemplate), nameof(AccountTemplate.Parse)));

    private static FuzzTarget Lines() => Plain(
        "imported-line",
        InputKind.Json,
        [
            RecordSamples.Plain, RecordSamples.Caliper,
            LedgerSamples.Utf8("""
                {"_id":17,"actor_account_name":"8@a1","operation_name":"ADD MARKER","contents_id":"0a","page_no":4,
                "contents_name":"Unit 1","event_time":"2020-04-01 09:00:00"}
                """),
        ],
        static bytes => Takes<RecordFormatException>(() =>
        {
            ImportedLine line = ImportedLine.Read(bytes, BookRoll);
            JsonTree.Parse(line.Json.Span).Root.TryGet("id"u8, out JsonCursor id);
            FuzzViolation.Unless(
                ImportedLine.Read(bytes, BookRoll).Json.Span.SequenceEqual(line.Json.Span), "a line is two records");
        }),
        new Decoder(typeof(ImportedLine), nameof(ImportedLine.Read)));

    private static FuzzTarget Tables() => Plain(
        "csv-table",
        InputKind.Text,
        [LedgerSamples.Utf8("a,b\r\n\"x,\"\"y\"\"\nz\",2\n\n,\n"), LedgerSamples.Utf8("\uFEFFpropertyName,value\n")],
        static bytes => Takes<FormatException>(() =>
        {
            foreach ((int _, string[] cells) in CsvTable.Read(TextInput.Of(bytes)))
            {
                string[] again = CsvTable.Read(CsvTable.Line(cells)).Single().Cells;
                FuzzViolation.Unless(again.SequenceEqual(cells), "a row that does not read as it is written");
            }
        })
            | Takes<FormatException>(() => RosterTable.Parse("users.csv", TextInput.Of(bytes), "sourcedId"))
            | Takes<FormatException>(() => ReadText(new MemoryStream(bytes), "users.csv")),
        new Decoder(typeof(CsvTable), nameof(CsvTable.Read)),
        new Decoder(typeof(RosterTable), nameof(RosterTable.Parse)),
        new Decoder(typeof(RosterFiles), "ReadText"));

    // The files stand in one text, each behind a line with its name.
    private static FuzzTarget Roster() => Plain(
        "roster",
        InputKind.Text,
        [LedgerSamples.Utf8(RosterSample)],
        static bytes => Takes<FormatException>(() =>
        {
            Dictionary<string, string> files = new(StringComparer.Ordinal);
            foreach (string part in TextInput.Of(bytes).Split('#'))
            {
                int end = part.IndexOf('\n', StringComparison.Ordinal);
                files[end < 0 ? part : part[..end]] = end < 0 ? "" : part[(end + 1)..];
            }

            RosterPlan plan = RosterPlan.Of(
                OneRoster.Parse(files),
                [AccountTemplate.Parse("https://m.example|{username}")],
                new DateOnly(2026, 9, 1));
            FuzzViolation.Unless(plan.Learners.All(static accounts => accounts.Count > 0), "a learner without account");
        }));

    private const string RosterSample = """
        manifest.csv
        propertyName,value
        oneroster.version,1.1
        file.orgs,bulk
        file.academicSessions,bulk
        file.courses,bulk
        file.users,bulk
        file.classes,bulk
        file.enrollments,bulk
        #orgs.csv
        sourcedId,name,type
        o1,North,school
        #academicSessions.csv
        sourcedId,title,startDate,endDate
        s1,2026,2026-04-01,2027-03-31
        #courses.csv
        sourcedId,title,orgSourcedId
        c1,Mathematics,o1
        #users.csv
        sourcedId,enabledUser,orgSourcedIds,role,username,email
        u1,true,o1,student,jo,jo@north.example
        u2,true,o1,teacher,"kim, k",
        #classes.csv
        sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds
        m1,Maths 1,c1,o1,s1
        #enrollments.csv
        sourcedId,classSourcedId,userSourcedId,role,endDate
        e1,m1,u1,student,
        e2,m1,u2,teacher,2027-03-31
        """;
}
