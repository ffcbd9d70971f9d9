using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.CommandLine;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Sharing;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Custody;

/// <summary>A school closes, and what it wrote is read from its custodian.</summary>
public sealed class ClosureTests
{
    private const int RecordCount = 5;

    [Test]
    public async Task After_a_school_is_closed_its_learner_reads_from_the_custodian_and_all_hashes_match()
    {
        using TestConsortium consortium = await TestConsortium.StartAsync("closure");
        using SharingCast cast = new(consortium);
        await cast.EnrolAsync();
        string[] ids = await cast.PostAsync(Statements.Viewed, RecordCount);
        await Task.WhenAll(ids.Select(cast.AnchoredAsync));
        using EncryptionKey key = EncryptionKey.Create();
        await cast.North.DecideAsync([cast.Learner], Operations.PublishEncryptionKey(key.PublicKey));
        await cast.GrantEastAsync(Statements.Viewed);
        await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Viewed);

        (int code, string answer) = await CheckAsync(consortium, cast.North);
        Assert.That(code, Is.EqualTo(5), answer);
        Assert.That(answer, Does.Contain("Nobody has agreed to keep the records"));

        await AgreeAsync(cast);
        await CloseAsync(consortium, cast);
        await HandOverAsync(cast);
        (code, answer) = await CheckAsync(consortium, cast.South);
        Assert.That(code, Is.EqualTo(5), "South itself has no custodian");

        await consortium.RunOnlyAsync(1, 2, 3);
        BoxReading reading = await new BoxReader(
            new CallerIdentity(cast.Learner.Address, cast.Learner), cast.Trust).ReadAsync(
                cast.South.Client,
                cast.South.Key.PublicKey,
                new BoxQuery(cast.South.Address, cast.Learner.Address, Statements.Viewed),
                CancellationToken.None);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount));
        WriterRecords writer = reading.Bundle.Writers.Single(static one => one.Range.Count > 0);
        Assert.That(writer.Writer, Is.EqualTo(ByteString.CopyFrom(cast.North.Address.ToArray())));
        Assert.That(writer.Mismatches, Is.Empty);
        LlpcView llpc = await cast.East.Client.GetLlpcAsync(
            cast.Learner.Address, Statements.Viewed, CancellationToken.None);
        Assert.That(llpc.Llpc.Holders, Is.EqualTo(new[] { ByteString.CopyFrom(cast.South.Address.ToArray()) }));
        await RequireReadAsync(cast, key);
        NodeLogs.RequireClean(consortium.Nodes);
    }

    // East's read was at the box that is gone; the custodian tells what it was.
    private static async Task RequireReadAsync(SharingCast cast, EncryptionKey key)
    {
        using LedgerClient south = LocalConsortium.ClientOf(
            LocalConsortium.Ready(cast.South.Node)!, new CallerIdentity(cast.Learner.Address, cast.Learner));
        IReadOnlyList<TrailRead> reads = await new TrailReader(
            south, cast.Trust, key, (box, _) => Task.FromResult(box == cast.South.Address ? south : null))
            .ReadAsync(cast.Learner.Address, CancellationToken.None);
        TrailRead read = reads.Single();
        Assert.That(read.Problem, Is.Empty);
        Assert.That(read.Leaf.Institution, Is.EqualTo(ByteString.CopyFrom(cast.North.Address.ToArray())));
        Assert.That(read.Content!.Reader, Is.EqualTo(ByteString.CopyFrom(cast.East.Address.ToArray())));
    }

    private static async Task AgreeAsync(SharingCast cast)
    {
        PublicKeyBytes key = await cast.South.Client.GetNodeKeyAsync(CancellationToken.None);
        await cast.South.DecideAsync([cast.South.Key], Operations.PublishEncryptionKey(key.ToArray()));
        await cast.South.DecideAsync(
            [cast.South.Key], Operations.CustodyPublishPlan("Archive", "https://south.example/terms", default, 30));
        await cast.North.DecideAsync(
            [cast.North.Key], Operations.CustodyOffer(cast.North.Address, cast.South.Address, 1));
        await cast.South.DecideAsync(
            [cast.South.Key], Operations.CustodyAccept(cast.North.Address, cast.South.Address, 1, 1));
    }

    private static async Task CloseAsync(TestConsortium consortium, SharingCast cast)
    {
        await cast.South.DecideAsync([cast.South.Key], Operations.MeasurePropose(new Measure
        {
            Close = new CloseInstitution { Institution = ByteString.CopyFrom(cast.North.Address.ToArray()) },
        }));
        foreach (Member voter in consortium.Members[2..])
        {
            await voter.DecideAsync([voter.Key], Operations.MeasureVote(1, approve: true));
        }

        InstitutionView north = await cast.East.Client.GetInstitutionAsync(cast.North.Address, CancellationToken.None);
        Assert.That(north.Institution.Status, Is.EqualTo(InstitutionStatus.Closed));
    }

    private static async Task HandOverAsync(SharingCast cast)
    {
        ulong taken = 0;
        ulong reads = 0;
        await foreach (ExportPortion portion in cast.North.Client.ExportAsync(
            cast.South.Address, CancellationToken.None))
        {
            Assert.That(portion.Missing + portion.MissingReads, Is.Zero);
            if (portion.Content is null)
            {
                continue;
            }

            LedgerClientException refusal = (await Assert.ThrowsAsync<LedgerClientException>(
                () => cast.East.Client.ImportAsync(portion.Content, CancellationToken.None)))!;
            Assert.That(refusal.Message, Does.Contain("sealed to this node"));
            ImportReply reply = await cast.South.Client.ImportAsync(portion.Content, CancellationToken.None);
            Assert.That(reply.Refused, Is.Empty);
            Assert.That(reply.RefusedReads, Is.Empty);
            reads += reply.Reads;
            if (reply.Reads > 0)
            {
                continue;
            }

            Assert.That(reply.Kept, Is.EqualTo(reply.Expected));
            taken += reply.Verified;
            await cast.South.DecideAsync([cast.South.Key], Operations.CustodyConfirm(
                new Address(reply.Learner.Span), reply.Verb, new Address(reply.Writer.Span), reply.Kept));
        }

        Assert.That(taken, Is.EqualTo(RecordCount));
        Assert.That(reads, Is.EqualTo(1));
    }

    private static async Task<(int Code, string Answer)> CheckAsync(TestConsortium consortium, Member member)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        ProgramConsole console = new(output, errors, IsPlain: true, PromptSecret: null);
        int code = await LedgerProgram.RunAsync(
            ["custody", "check", "me", "--json", "--profile", member.Node.Key, "--home", consortium.ClientHome],
            console,
            TimeProvider.System);
        return (code, output.ToString() + errors);
    }

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Steps.Select(step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
