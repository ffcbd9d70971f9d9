using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>What a school's node tells its school of its record store, and nobody else.</summary>
public sealed class RecordStoreServiceTests
{
    private const string Account = Statements.HomePage + "|student-17";

    private readonly Address learner = new(new byte[Address.Size]);
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private StoreFolder records = null!;
    private RecordStore store = null!;
    private LinkJournal journal = null!;
    private RosterBook roster = null!;
    private CallerAuthentication callers = null!;
    private RecordStoreService service = null!;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        records = new StoreFolder();
        store = records.Open();
        string beside = Path.GetDirectoryName(records.File)!;
        journal = new LinkJournal(Path.Combine(beside, "links.db"), records.Keys, records.Clock);
        roster = new RosterBook(Path.Combine(beside, "classes.db"), records.Keys);
        ChainBuilder blocks = new(ledger, folder);
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, records.Clock);
        LearnerPairs pairs = new(folder.Database, records.Keys);
        ChainReader reader = new(folder.Database);
        pairs.Set(Account, learner);
        service = new RecordStoreService(
            North.Address, callers, store,
            new RecordStandings(
                new AccountStandings(
                    North.Address, pairs, new EarlierWishes(folder.Database), new BlockTimes(reader, blocks.Chain),
                    records.Clock),
                blocks.Chain),
            new IntakeReceipts(
                ledger.ChainId, North, blocks.Chain, new ProofMaker(ledger.GenesisBytes, reader), store, records.Clock),
            new LineImport(new RecordIntake(store, records.Clock, static _ => true)),
            journal, roster, pairs, Links);
    }

    [TearDown]
    public void Delete()
    {
        store.Dispose();
        journal.Dispose();
        roster.Dispose();
        records.Dispose();
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void Nobody_but_the_school_is_answered()
    {
        ServerCallContext south = Call(ledger.Identities[1]);
        foreach (Func<Task> ask in (Func<Task>[])
        [
            () => service.FindRecords(new RecordSearch(), south),
            () => service.CountRecords(new RecordCountRequest { By = "verb" }, south),
            () => service.ImportLines(new LinesToImport(), south),
            () => service.ListLinks(new LinksRequest(), south),
            () => service.ListRefused(new RefusedSearch(), south),
            () => service.KeepClasses(new ClassesToKeep(), south),
            () => service.ListClasses(new PageRequest(), south),
        ])
        {
            RpcException? refusal = Assert.Throws<RpcException>(() => ask().GetAwaiter().GetResult());
            Assert.That(refusal?.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        }
    }

    [Test]
    public void Records_of_both_kinds_are_found_by_filters_in_pages()
    {
        Fill();
        FoundRecords first = Find(new RecordSearch { Limit = 2 });
        FoundRecords second = Find(new RecordSearch { Limit = 2, Cursor = first.Cursor });
        FoundRecords third = Find(new RecordSearch { Limit = 2, Cursor = second.Cursor });
        Assert.Multiple(() =>
        {
            Assert.That(
                first.Records.Concat(second.Records).Concat(third.Records).Select(one => one.Number),
                Is.EqualTo(new ulong[] { 5, 4, 3, 2, 1 }));
            Assert.That(third.Cursor, Is.Zero);
            Assert.That(Find(new RecordSearch { Type = "caliper" }).Records.Single().Type, Is.EqualTo("caliper"));
            Assert.That(Find(new RecordSearch { Account = Account, Type = "xapi" }).Records, Has.Count.EqualTo(3));
            Assert.That(Find(new RecordSearch { Verb = Statements.Viewed }).Records, Has.Count.EqualTo(3));
            Assert.That(Find(new RecordSearch { SinceUnixMs = 4_000_000_000_000 }).Records, Is.Empty);
            FoundRecord one = Find(new RecordSearch { Id = Statements.Id(2), WithContent = true }).Records.Single();
            Assert.That(Encoding.UTF8.GetString(one.Content.Span), Does.StartWith("{\"actor\":"));
            Assert.That((one.State, one.Authority), Is.EqualTo(("not-enrolled", "moodle")));
        });
    }

    [TestCase("verb", 3)]
    [TestCase("account", 3)]
    [TestCase("type", 2)]
    [TestCase("state", 1)]
    [TestCase("authority", 1)]
    [TestCase("day", 2)]
    public void Records_are_counted_by_a_property(string by, int values)
    {
        Fill();
        RecordCounts counts = service.CountRecords(
            new RecordCountRequest { By = by, Search = new RecordSearch() }, Call(North)).Result;
        Assert.Multiple(() =>
        {
            Assert.That(counts.Counts, Has.Count.EqualTo(values));
            Assert.That(counts.Counts.Sum(one => (long)one.Records), Is.EqualTo(5));
            Assert.That(counts.Cursor, Is.Zero);
        });
    }

    [Test]
    public void What_is_no_search_is_refused()
    {
        foreach (Func<Task> ask in (Func<Task>[])
        [
            () => service.FindRecords(new RecordSearch { Type = "other" }, Call(North)),
            () => service.FindRecords(new RecordSearch { Limit = 501 }, Call(North)),
            () => service.FindRecords(new RecordSearch { UntilUnixMs = -1 }, Call(North)),
            () => service.CountRecords(new RecordCountRequest { By = "colour" }, Call(North)),
            () => service.ImportLines(new LinesToImport(), Call(North)),
            () => service.ImportLines(
                new LinesToImport { BookrollAddress = "no iri", Lines = { new LineToImport() } }, Call(North)),
            () => service.KeepClasses(
                new ClassesToKeep { Classes = { new SchoolClass { Id = "", Title = "x" } } }, Call(North)),
            () => service.KeepClasses(
                new ClassesToKeep
                {
                    Classes =
                    {
                        new SchoolClass
                        {
                            Id = "1", Title = "x",
                            Members = { new ClassMember { Role = "cook", Accounts = { "a|b" } } },
                        },
                    },
                },
                Call(North)),
        ])
        {
            Assert.That(
                Assert.Throws<RpcException>(() => ask().GetAwaiter().GetResult())?.StatusCode,
                Is.EqualTo(StatusCode.InvalidArgument));
        }
    }

    [Test]
    public void Lines_are_imported_and_refused_ones_are_named()
    {
        LinesToImport lines = new();
        lines.Lines.Add(new LineToImport
        {
            Number = 7, Json = ByteString.CopyFrom(Statements.Statement(1).Bytes()),
        });
        lines.Lines.Add(new LineToImport { Number = 9, Json = ByteString.CopyFromUtf8("{}") });
        LinesReport report = service.ImportLines(lines, Call(North)).Result;
        Assert.Multiple(() =>
        {
            Assert.That(report.Added, Is.EqualTo(1));
            Assert.That((report.Refused[0].Number, report.Refused[0].Rule), Is.EqualTo((9UL, "import.kind")));
        });
    }

    [Test]
    public void A_link_that_fails_shows_since_when_and_why_and_what_it_could_not_move()
    {
        records.Clock.Now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        journal.Failed("campus", "The other store cannot be reached.");
        records.Clock.Now += TimeSpan.FromHours(1);
        journal.Failed("campus", "The other store did not answer in time.");
        journal.Refuse("campus", new RefusedRecord("x", "/verb", "required", "'verb' is missing.", "{}"u8.ToArray()));
        LinkView link = service.ListLinks(new LinksRequest(), Call(North)).Result.Links.Single();
        RefusedRecordView refused = service.ListRefused(new RefusedSearch { Link = "campus" }, Call(North)).Result
            .Records.Single();
        Assert.Multiple(() =>
        {
            Assert.That((link.Name, link.Kind, link.State), Is.EqualTo(("campus", "pull-xapi", "failing")));
            Assert.That(
                link.FailingSinceUnixMs, Is.EqualTo(DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds()));
            Assert.That(link.LastError, Does.Contain("in time"));
            Assert.That((refused.Rule, refused.Content.ToStringUtf8()), Is.EqualTo(("required", "{}")));
        });
    }

    [Test]
    public void Classes_are_kept_once_and_show_which_members_are_learners()
    {
        ClassesToKeep classes = new()
        {
            Classes =
            {
                Class("math-1", "Mathematics 1", Account), Class("math-2", "Mathematics 2", "https://m.example|mia"),
            },
        };
        ClassesKept first = service.KeepClasses(classes, Call(North)).Result;
        ClassesKept again = service.KeepClasses(classes, Call(North)).Result;
        classes.Classes[1].Members.Clear();
        ClassesKept changed = service.KeepClasses(classes, Call(North)).Result;
        ClassPage page = service.ListClasses(new PageRequest { Limit = 1 }, Call(North)).Result;
        ClassPage next = service.ListClasses(new PageRequest { Limit = 1, Cursor = page.Cursor }, Call(North)).Result;
        Assert.Multiple(() =>
        {
            Assert.That((first.Added, first.Changed, first.Unchanged), Is.EqualTo((2, 0, 0)));
            Assert.That((again.Added, again.Changed, again.Unchanged), Is.EqualTo((0, 0, 2)));
            Assert.That((changed.Added, changed.Changed, changed.Unchanged), Is.EqualTo((0, 1, 1)));
            Assert.That(page.Classes.Single().Members.Single().Learner.ToByteArray(), Is.EqualTo(learner.ToArray()));
            Assert.That(next.Classes.Single().Members, Is.Empty);
        });
    }

    private static SchoolClass Class(string id, string title, string account) => new()
    {
        Id = id, Title = title, Course = "Mathematics",
        Members = { new ClassMember { Role = "student", Accounts = { account } } },
    };

    private IReadOnlyList<LinkStatus> Links() =>
    [
        new(
            new LinkSettings("campus", LinkKind.PullXapi, "https://lrs.example/xapi", "node"), LinkState.Failing,
            journal.Read("campus")),
    ];

    private void Fill()
    {
        store.AddAll(
            [
                Statements.Intake(1), Statements.Intake(2), Statements.Intake(3, student: "mia"),
                Statements.Intake(4, verb: "https://example.org/verbs/new"),
                Statements.Read(Statements.Caliper, Ledger.Client.Records.RecordType.CaliperEvent),
            ],
            "moodle");
    }

    private FoundRecords Find(RecordSearch search) => service.FindRecords(search, Call(North)).Result;

    private CallContext Call(SigningKey key)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(key.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
