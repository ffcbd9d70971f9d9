using System.Text.Json.Nodes;
using Google.Protobuf;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Records.Connectors;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>A campus's own store answers for what a link brought; what it changed or lost is told apart.</summary>
public sealed class CampusSourceTests
{
    private const string Link = "link:campus";
    private static readonly Address Self = new([.. Enumerable.Repeat((byte)1, Address.Size)]);

    private FakeLrs lrs = null!;
    private StoreFolder files = null!;
    private RecordStore store = null!;
    private CustodyStore custody = null!;
    private FakeServer server = null!;
    private CampusSource source = null!;

    [SetUp]
    public async Task Begin()
    {
        files = new StoreFolder();
        store = files.Open();
        custody = new CustodyStore(Path.ChangeExtension(files.File, "custody"), files.Keys);
        lrs = new FakeLrs();
        server = await FakeServer.StartAsync(lrs.AnswerAsync);
        source = new CampusSource(
            Self, store, new EmbeddedSource(Self, store, custody),
            new LinkSettings("campus", LinkKind.PullXapi, server.Address + "/xapi", "node"), "other-secret",
            TimeProvider.System);
        lrs.Add(Statements.Statement(1), Statements.Statement(2), Statements.Statement(3));
        store.AddAll([Statements.Intake(1), Statements.Intake(2), Statements.Intake(3)], Link);
        store.AddAll([Statements.Intake(9)], "moodle");
    }

    [TearDown]
    public async Task End()
    {
        source.Dispose();
        await server.DisposeAsync();
        custody.Dispose();
        store.Dispose();
        files.Dispose();
    }

    [Test]
    public async Task What_the_store_gives_has_the_committed_value_and_what_did_not_come_from_it_is_not_asked_there()
    {
        IReadOnlyList<KeptRecord?> found = await FindAsync(1, 9, 3);
        Assert.That(found, Has.None.Null);
        Assert.That(
            found.Select(static one => RecordCommitment.Compute(one!.Type, one.Committed.Span, one.Salt.Span)),
            Is.EqualTo(new[] { 1, 9, 3 }.Select(number => Stored(number).Commitment)));
        Assert.That(server.Requests, Is.EqualTo(3), "about, and two statements");
    }

    [Test]
    public async Task A_statement_that_was_edited_there_has_another_commitment()
    {
        JsonObject edited = Statements.Statement(2);
        edited["result"] = new JsonObject { ["success"] = true };
        lrs.Replace(edited);
        KeptRecord found = (await FindAsync(2))[0]!;
        Assert.That(
            RecordCommitment.Compute(found.Type, found.Committed.Span, found.Salt.Span),
            Is.Not.EqualTo(Stored(2).Commitment));
    }

    [Test]
    public async Task A_statement_that_is_gone_is_none_and_one_that_was_voided_is_still_given()
    {
        lrs.Remove(Statements.Id(1));
        JsonObject voiding = Statements.Statement(8, verb: "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(2) };
        lrs.Add(voiding);
        IReadOnlyList<KeptRecord?> found = await FindAsync(1, 2);
        Assert.That(found[0], Is.Null);
        Assert.That(found[1], Is.Not.Null);
    }

    [Test]
    public async Task A_statement_that_is_no_statement_any_more_is_handed_on_and_has_no_commitment()
    {
        lrs.Replace(new JsonObject
        {
            ["id"] = Statements.Id(1), ["verb"] = new JsonObject { ["id"] = "no IRI" }, ["object"] = new JsonObject(),
        });
        KeptRecord found = (await FindAsync(1))[0]!;
        Assert.Throws<RecordFormatException>(() =>
            RecordCommitment.Compute(found.Type, found.Committed.Span, found.Salt.Span));
    }

    [Test]
    public async Task A_store_that_is_away_busy_or_does_not_let_the_node_in_is_a_failure_and_no_loss()
    {
        server.FaultOf = static _ => Fault.Busy;
        await Assert.ThrowsAsync<RecordSourceException>(() => FindAsync(1));
        server.FaultOf = static _ => Fault.None;
        using CampusSource stranger = new(
            Self, store, new EmbeddedSource(Self, store, custody),
            new LinkSettings("campus", LinkKind.PullXapi, server.Address + "/xapi", "node"), "wrong",
            TimeProvider.System);
        await Assert.ThrowsAsync<RecordSourceException>(() => stranger.FindAsync(Self, Places(1), default));

        await server.KillAsync();
        RecordSourceException? away = await Assert.ThrowsAsync<RecordSourceException>(() => FindAsync(1));
        Assert.That(away!.Message, Does.Contain("campus"));
        await server.RestartAsync();
        Assert.That((await FindAsync(1))[0], Is.Not.Null);
    }

    [Test]
    public async Task A_read_whose_store_cannot_be_asked_is_refused_whole()
    {
        using BoxBench bench = new(records: 2);
        bench.Grant(bench.East);
        bench.Source.Change = static _ => throw new RecordSourceException("The campus's store is away.");
        Assert.That(
            await bench.RefusedAsync(bench.East), Is.EqualTo(Ledger.Client.Boxes.BoxRefusals.NoStore));
    }

    private Task<IReadOnlyList<KeptRecord?>> FindAsync(params int[] numbers) =>
        source.FindAsync(Self, Places(numbers), CancellationToken.None);

    private Locator[] Places(params int[] numbers) => [.. numbers.Select(number => new Locator
    {
        KeyVersion = Stored(number).LocatorKeyVersion,
        HashedId = ByteString.CopyFrom(Stored(number).HashedId.ToArray()),
    })];

    private StoredRecord Stored(int number) => store.Find(RecordType.XapiStatement, Statements.Id(number))!;
}
