using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Plans, agreements, and the file that goes from an institution to its custodian.</summary>
public sealed class CustodyCommandTests
{
    private const string Verb = "http://adlnet.gov/expapi/verbs/passed";

    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("archive", Ledger.Keys[1]);
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task A_plan_is_published_offered_accepted_and_ended_with_its_notice()
    {
        await PublishAsync();
        await bench.DoneAsync("north", "custody", "offer", "me", "school1.example", "1");
        Assert.That(bench.Node.Last.CustodyOffer.Client, Is.EqualTo(Ledger.Keys[0].Address.ToField()));
        CommandRun before = await bench.RunAsync("north", "custody", "check");
        Assert.That(before.Code, Is.EqualTo(5));
        Assert.That(before.Output, Does.Contain("Nobody has agreed to keep the records"));

        await bench.RefusedAsync("PLAN_DIFFERS", "archive", "custody", "accept", "school0.example", "me", "1", "2");
        await bench.DoneAsync("archive", "custody", "accept", "school0.example", "me", "1", "1");
        JsonElement check = await bench.JsonAsync("north", "custody", "check", "me");
        Assert.That(check.GetProperty("custodians").GetString(), Is.EqualTo(Ledger.Keys[1].Address.ToString()));

        string list = await bench.DoneAsync("north", "custody", "list", "school1.example");
        Assert.That(list, Does.Contain("Ten years").And.Contain("in force"));
        await bench.DoneAsync("north", "custody", "end", "me", "school1.example", "1");
        Assert.That(await bench.DoneAsync("north", "custody", "list", "me"), Does.Contain("ending"));
        await bench.RefusedAsync("ALREADY_ENDING", "north", "custody", "end", "me", "school1.example", "1");
    }

    [Test]
    public async Task A_plan_that_is_withdrawn_takes_no_offer()
    {
        await PublishAsync();
        await bench.DoneAsync("archive", "custody", "withdraw", "1");
        Assert.That(bench.Node.Last.CustodyWithdrawPlan.Plan, Is.EqualTo(1));

        await bench.RefusedAsync("NO_PLAN", "north", "custody", "offer", "me", "school1.example", "1");
    }

    [Test]
    public async Task An_export_writes_what_the_node_seals_and_tells_what_it_no_longer_has()
    {
        using EncryptionKey key = EncryptionKey.Create();
        bench.Node.Custody.Portions.Enqueue(Portion(key, 2, missing: 0, reads: 0, more: true));
        bench.Node.Custody.Portions.Enqueue(Portion(key, 0, missing: 0, reads: 3, more: true));
        string file = bench.In("north.custody");

        JsonElement whole = await bench.JsonAsync("north", "custody", "export", "school1.example", "--out", file);
        Assert.That(whole.GetProperty("portions").GetInt32(), Is.EqualTo(2));
        Assert.That(whole.GetProperty("records").GetInt32(), Is.EqualTo(2));
        Assert.That(whole.GetProperty("reads").GetInt32(), Is.EqualTo(3));

        bench.Node.Custody.Portions.Enqueue(Portion(key, 1, missing: 1, reads: 0, more: false));
        CommandRun part = await bench.RunAsync(
            "north", "custody", "export", "school1.example", "--out", bench.In("part.custody"));
        Assert.That(part.Code, Is.EqualTo(5), "a record is missing");
    }

    [Test]
    public async Task An_import_confirms_what_is_complete_and_counts_reads()
    {
        string file = await FileAsync(2);
        bench.Node.Custody.Replies.Enqueue(new ImportReply
        {
            Writer = Ledger.Keys[0].Address.ToField(), Learner = Ledger.Keys[2].Address.ToField(), Verb = Verb,
            Verified = 2, Kept = 2, Expected = 2,
        });
        bench.Node.Custody.Replies.Enqueue(new ImportReply
        {
            Writer = Ledger.Keys[0].Address.ToField(), Learner = Ledger.Keys[2].Address.ToField(), Reads = 3,
        });
        Client.Protos.Outcome confirmed = new() { State = OutcomeState.Decided };
        confirmed.Operations.Add(new OperationOutcome { Result = new OperationResult { Code = ResultCode.Accepted } });
        bench.Node.Outcomes.Enqueue(confirmed);

        JsonElement taken = await bench.JsonAsync("archive", "custody", "import", file);

        Assert.That(bench.Node.Custody.Imported, Has.Count.EqualTo(2));
        Assert.That(bench.Node.Last.CustodyConfirm.Count, Is.EqualTo(2));
        Assert.That(taken.GetProperty("rangesConfirmed").GetInt32(), Is.EqualTo(1));
        Assert.That(taken.GetProperty("reads").GetInt32(), Is.EqualTo(3));
        Assert.That(taken.GetProperty("ranges").GetArrayLength(), Is.EqualTo(1), "reads are no range");
    }

    [Test]
    public async Task An_import_without_agreement_ends_with_1_and_one_that_is_not_whole_with_5()
    {
        string file = await FileAsync(1);
        CommandRun refused = await bench.RunAsync("archive", "custody", "import", file);
        Assert.That(refused.Code, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("NO_AGREEMENT"));

        bench.Node.Custody.Replies.Enqueue(new ImportReply
        {
            Writer = Ledger.Keys[0].Address.ToField(), Learner = Ledger.Keys[2].Address.ToField(), Verb = Verb,
            Verified = 1, Kept = 1, Expected = 2,
        });
        CommandRun part = await bench.RunAsync("archive", "custody", "import", file);
        Assert.That(part.Code, Is.EqualTo(5));
        Assert.That(bench.Node.Submitted, Is.Empty, "what is not whole is not confirmed");
    }

    private async Task PublishAsync()
    {
        string terms = bench.Write("terms.txt", "We keep them for ten years.");
        await bench.DoneAsync(
            "archive", "custody", "plan", "Ten years", "--terms-uri", "https://archive.example/terms", "--terms", terms,
            "--notice-days", "30");
        Assert.That(
            bench.Node.Last.CustodyPublishPlan.Terms.ToByteArray(),
            Is.EqualTo(SHA256.HashData(File.ReadAllBytes(terms))));
    }

    private async Task<string> FileAsync(int portions)
    {
        using EncryptionKey key = EncryptionKey.Create();
        string file = bench.In("north.custody");
        await CustodyFile.WriteAsync(
            file,
            Ledger.ChainId,
            Ledger.Keys[0].Address,
            Ledger.Keys[1].Address,
            Enumerable.Range(0, portions).Select(_ => Sealed(key)).ToAsyncEnumerable(),
            CancellationToken.None);
        return file;
    }

    private ExportPortion Portion(EncryptionKey key, ulong records, ulong missing, ulong reads, bool more) => new()
    {
        Content = Sealed(key),
        Records = records,
        Missing = missing,
        Reads = reads,
        Cursor = more ? Google.Protobuf.ByteString.CopyFrom(1) : Google.Protobuf.ByteString.Empty,
    };

    private SealedMessage Sealed(EncryptionKey key) => SealedMessages.Seal(
        [1],
        [(Ledger.Keys[1].Address, new PublicKeyBytes(key.PublicKey))],
        CustodyFile.Purpose);
}
