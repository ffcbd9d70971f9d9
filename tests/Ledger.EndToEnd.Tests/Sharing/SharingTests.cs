using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Disclosures;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Configuration;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>A learner of North lets East read what it viewed; all through the public client library.</summary>
public sealed class SharingTests
{
    private const int RecordCount = 5;

    /// <summary>A box gives up after 5 s; the rest is for a busy machine.</summary>
    private static readonly TimeSpan UnavailableMax = TimeSpan.FromSeconds(9);

    private TestConsortium consortium = null!;
    private SharingCast cast = null!;
    private RecordView[] viewed = null!;
    private Hash256 grantTransaction;

    [OneTimeSetUp]
    public async Task Start()
    {
        consortium = await TestConsortium.StartAsync("sharing");
        cast = new SharingCast(consortium);
        await cast.EnrolAsync();
        string[] ids = await cast.PostAsync(Statements.Viewed, RecordCount);
        viewed = await Task.WhenAll(ids.Select(cast.AnchoredAsync));
        (_, grantTransaction) = await cast.GrantEastAsync(Statements.Viewed);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        cast?.Dispose();
        consortium?.Dispose();
    }

    [Test]
    public async Task Statements_of_an_enrolled_learner_are_anchored_by_the_node_itself()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        LlpcView llpc = await cast.East.Client.GetLlpcAsync(
            cast.Learner.Address, Statements.Viewed, CancellationToken.None);

        Assert.That(viewed.Select(view => (int)view.Index).Order(), Is.EqualTo(Enumerable.Range(0, RecordCount)));
        Assert.That(viewed.Select(view => view.Learner.ToByteArray()), Is.All.EqualTo(cast.Learner.Address.ToArray()));
        Assert.That(llpc.Ranges.Single().Range.Count, Is.EqualTo((ulong)RecordCount));
    }

    [Test]
    public async Task What_a_statement_says_is_read_by_whoever_may_and_is_in_clear_in_no_file_before_and_after_erasing()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        Guid id = Guid.NewGuid();
        using HttpResponseMessage taken = await cast.PostCanaryAsync(id, Statements.Answered);
        using HttpResponseMessage refused = await cast.PostCanaryAsync(Guid.NewGuid(), CanarySearch.Mark);
        await cast.AnchoredAsync(id.ToString("D"));
        BoxReading before = await cast.ReadAsync(cast.North, cast.Learner.Address, Statements.Answered);
        await consortium.StopAsync(0, 1, 2, 3);

        Assert.That((taken.IsSuccessStatusCode, refused.IsSuccessStatusCode), Is.EqualTo((true, false)));
        Assert.That(
            before.Bundle.Writers.Single().Records.Count(static one => one.Content.ToStringUtf8()
                .Contains(CanarySearch.Mark, StringComparison.Ordinal)),
            Is.EqualTo(1),
            "The store has it, sealed.");
        Assert.That(consortium.Nodes.SelectMany(CanarySearch.Traces), Is.Empty);

        await consortium.RunOnlyAsync(0, 1, 2, 3);
        await cast.UpgradeAsync(RulesVersions.Erasure);
        await cast.EraseAsync(id);
        BoxReading reading = await cast.ReadAsync(cast.North, cast.Learner.Address, Statements.Answered);
        await new ErasureStory(consortium, cast).RunAsync();
        await consortium.StopAsync(0, 1, 2, 3);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Bundle.Writers.Single().Erased, Has.Count.EqualTo(1));
        Assert.That(consortium.Nodes.SelectMany(CanarySearch.Traces), Is.Empty);
    }

    [Test]
    public async Task The_granted_reader_gets_every_record_and_verifies_it()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        BoxReading reading = await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Viewed);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount));
        Assert.That(ProofVerifier.Verify(reading.ProofFileBytes, cast.Trust).Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public async Task The_granted_reader_gets_features_that_North_computed_and_a_cohort_of_one_is_not_told()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        FeatureReading reading = await cast.FeaturesAsync(cast.East, Statements.Viewed);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Body!.Verbs.Single().Features.Records, Is.EqualTo(RecordCount));
        Assert.That(ProofVerifier.Verify(reading.ProofFileBytes, cast.Trust).Features, Is.EqualTo(reading.Body));
        LedgerClientException few = await cast.CountRefusedAsync(cast.East, Statements.Viewed);
        Assert.That(few.Message, Does.Contain("TOO_FEW_LEARNERS"));
    }

    [Test]
    public async Task A_reader_without_a_grant_is_refused_alike_for_what_exists_and_what_does_not()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        using SigningKey nobody = SigningKey.Create();

        LedgerClientException existing = await cast.RefusedAsync(cast.South, cast.Learner.Address, Statements.Viewed);
        LedgerClientException otherVerb = await cast.RefusedAsync(cast.South, cast.Learner.Address, "urn:never");
        LedgerClientException otherLearner = await cast.RefusedAsync(cast.South, nobody.Address, Statements.Viewed);

        Assert.That(existing.Kind, Is.EqualTo(ClientFailure.Refused));
        Assert.That(existing.Message, Does.Contain("NO_RIGHT"));
        Assert.That(otherVerb.Message, Is.EqualTo(existing.Message));
        Assert.That(otherLearner.Message, Is.EqualTo(existing.Message));
    }

    [Test]
    public async Task Over_http_the_signed_request_is_the_token_and_is_good_once()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        BoxQuery query = new(cast.North.Address, cast.Learner.Address, Statements.Viewed);
        BoxReader reader = new(new CallerIdentity(cast.East.Address, cast.East.Key), cast.Trust);
        BoxRequest request = reader.Sign(query);

        (HttpStatusCode status, byte[] body) = await BoxHttp.PostAsync(cast.North, BoxToken.Of(request));
        (HttpStatusCode again, byte[] refusal) = await BoxHttp.PostAsync(cast.North, BoxToken.Of(request));
        (HttpStatusCode none, _) = await BoxHttp.PostAsync(cast.North, "v1.forged");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        BoxReading reading = reader.Check(
            query, request, BoxAnswer.Parser.ParseFrom(body), cast.North.Key.PublicKey);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount));
        Assert.That(again, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(System.Text.Encoding.UTF8.GetString(refusal), Does.Contain("REPLAYED"));
        Assert.That(none, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_tool_of_the_readers_school_reads_granted_statements_by_a_plain_get_at_its_own_node()
    {
        await consortium.RunOnlyAsync(0, 1, 3);
        GrantedTool.Register(cast.East.Node);
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        ReadyFile north = LocalConsortium.Ready(cast.North.Node)!;
        await cast.East.DecideAsync(
            [cast.North.Key], Operations.PublishEndpoint(EndpointKind.Box, $"{north.Api}#sha256={north.TlsPin}"));
        string agent = """{"account":{"homePage":"urn:learning-ledger:learner","name":"ADDRESS"}}"""
            .Replace("ADDRESS", cast.Learner.Address.ToString(), StringComparison.Ordinal);
        string path = $"/granted/xAPI/statements?agent={Uri.EscapeDataString(agent)}"
            + $"&verb={Uri.EscapeDataString(Statements.Viewed)}&limit=3";

        (int status, JsonElement first) = await GrantedTool.GetAsync(cast.East.Node, path);
        Assert.That(status, Is.EqualTo(200), first.ToString());
        (_, JsonElement rest) = await GrantedTool.GetAsync(cast.East.Node, first.GetProperty("more").GetString()!);
        JsonElement[] all = [.. first.GetProperty("statements").EnumerateArray(),
            .. rest.GetProperty("statements").EnumerateArray()];

        Assert.That(
            all.Select(one => one.GetProperty("id").GetString()), Is.EquivalentTo(viewed.Select(view => view.Id)));
        JsonElement origin = all[0].GetProperty("context").GetProperty("extensions")
            .GetProperty("urn:learning-ledger:extension:origin");
        Assert.That(origin.GetProperty("institution").GetString(), Is.EqualTo(cast.North.Address.ToString()));
        VerificationReport receipt = ProofVerifier.Verify(
            origin.GetProperty("receipt").GetBytesFromBase64(), cast.Trust);
        Assert.That(receipt.Verdict, Is.EqualTo(Verdict.Passed), Text(receipt));
        Assert.That(receipt.RecordsVerified, Is.EqualTo(1));
        await RequireUnmodifiedClientReadsAsync();
        (int own, _) = await GrantedTool.GetAsync(cast.East.Node, "/xAPI/statements");
        Assert.That(own, Is.EqualTo(403), "The tool may read what was granted, and nothing of the store.");
    }

    [Test]
    public async Task A_learner_shows_by_a_link_what_it_read_and_the_granted_school_keeps_copies_of_it()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        ReadyFile north = LocalConsortium.Ready(cast.North.Node)!;
        bool isNode = NodeEndpoint.TryParse(north.Api, north.TlsPin, out NodeEndpoint? node, out string problem);
        Assert.That(isNode, Is.True, problem);
        using LedgerClient client = new(
            node!, cast.Trust.ChainId, new CallerIdentity(cast.Learner.Address, cast.Learner));
        byte[] file = await cast.DiscloseAsync(client, Statements.Viewed, "/object");
        Hash256 id = ProofVerifier.Verify(file, cast.Trust).DisclosureId!.Value;
        DisclosureLink link = new(node!, cast.Learner.Address, id);

        await client.ShareDisclosureAsync(file, CancellationToken.None);
        Assert.That(await DisclosureFetcher.FetchAsync(link, CancellationToken.None), Is.EqualTo(file));
        await client.UnshareDisclosureAsync(cast.Learner.Address, id, CancellationToken.None);
        LedgerClientException? ended = await Assert.ThrowsAsync<LedgerClientException>(
            () => DisclosureFetcher.FetchAsync(link, CancellationToken.None));
        Assert.That(ended!.Message, Does.Contain("has ended"));

        await cast.East.DecideAsync(
            [cast.North.Key], Operations.PublishEndpoint(EndpointKind.Box, $"{north.Api}#sha256={north.TlsPin}"));
        CopiesToKeep wanted = new()
        {
            Learner = ByteString.CopyFrom(cast.Learner.Address.ToArray()),
            Box = ByteString.CopyFrom(cast.North.Address.ToArray()),
            Verbs = { Statements.Viewed },
        };
        CopiesKept first = await cast.East.Client.KeepCopiesAsync(wanted, CancellationToken.None);
        CopiesKept second = await cast.East.Client.KeepCopiesAsync(wanted, CancellationToken.None);
        CopiesDropped dropped = await cast.East.Client.DropCopiesAsync(cast.Learner.Address, CancellationToken.None);
        Assert.That((first.Added, second.Added, dropped.Records), Is.EqualTo((5u, 0u, 5ul)));
    }

    [Test]
    public async Task A_byte_changed_in_the_store_makes_the_read_name_the_record()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        RecordView changed = viewed[2];
        StoredBytes.Flip(cast.North.Node, changed.Commitment.Span);

        BoxReading reading = await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Viewed);

        StoredBytes.Flip(cast.North.Node, changed.Commitment.Span);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount - 1));
        Mismatch mismatch = reading.Bundle.Writers.Single().Mismatches.Single();
        Assert.That(mismatch.Index, Is.EqualTo(changed.Index));
        Assert.That(mismatch.Committed, Is.EqualTo(changed.Commitment));
        Assert.That(mismatch.Computed, Is.Not.EqualTo(changed.Commitment));
    }

    [Test]
    public async Task A_revoked_reader_is_refused_at_the_next_read()
    {
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        foreach (string id in await cast.PostAsync(Statements.Answered, 1))
        {
            await cast.AnchoredAsync(id);
        }

        (ulong grant, _) = await cast.GrantEastAsync(Statements.Answered);
        BoxReading before = await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Answered);

        // The revocation is decided at another node than the one whose box is asked.
        await cast.South.DecideAsync(
            [cast.Learner], Operations.LlpcRevoke(cast.Learner.Address, Statements.Answered, grant));

        LedgerClientException refusal = await cast.RefusedAsync(cast.East, cast.Learner.Address, Statements.Answered);
        Assert.That(before.Report.RecordsVerified, Is.EqualTo(1));
        Assert.That(refusal.Message, Does.Contain("NO_RIGHT"));
    }

    [Test]
    public async Task A_grant_limited_to_a_course_until_a_date_gives_what_it_covers_as_often_as_it_allows()
    {
        const string Completed = "http://adlnet.gov/expapi/verbs/completed";
        const string CourseX = Statements.HomePage + "/course/view.php?id=2";
        const string CourseY = Statements.HomePage + "/course/view.php?id=7";
        await consortium.RunOnlyAsync(0, 1, 2, 3);
        string[] ids = await cast.PostInCoursesAsync(
            Completed,
            (CourseX, "2026-01-15T09:00:00Z"),
            (CourseY, "2026-01-15T09:00:00Z"),
            (CourseX, "2026-02-01T00:00:00Z"));
        RecordView[] anchored = await Task.WhenAll(ids.Select(cast.AnchoredAsync));
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits
        {
            Activities = { CourseX },
            UntilUnixMs = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            Purposes = { "advice" },
            ReadsMax = 2,
        });
        await cast.GrantEastAsync(Completed, LimitsCommitment.Of(opening).ToArray());

        Assert.That(await cast.RefusedWithinAsync(Completed, "advice"), Does.Contain("LIMITS_NOT_SHOWN"));
        Assert.That(await cast.RefusedWithinAsync(Completed, "sale", opening), Does.Contain("PURPOSE_NOT_COVERED"));
        for (int read = 0; read < 2; read++)
        {
            BoxReading reading = await cast.ReadWithinAsync(Completed, "advice", opening);
            Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
            WriterRecords records = reading.Bundle.Writers.Single();
            Assert.That(records.Records.Single().Leaf.Index, Is.EqualTo(anchored[0].Index));
            Assert.That(records.Withheld, Is.EqualTo(2), "Another course; and after the date.");
        }

        Assert.That(
            await cast.RefusedWithinAsync(Completed, "advice", opening), Does.Contain("READS_EXHAUSTED"));
    }

    [Test]
    public async Task With_one_node_down_and_the_ledger_idle_the_box_serves()
    {
        await consortium.RunOnlyAsync(0, 1, 2);

        BoxReading reading = await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Viewed);

        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount));
    }

    [Test]
    public async Task With_three_nodes_down_the_box_says_soon_that_it_is_unavailable()
    {
        await consortium.RunOnlyAsync(0);
        Stopwatch waited = Stopwatch.StartNew();

        LedgerClientException refusal = await cast.RefusedAsync(cast.East, cast.Learner.Address, Statements.Viewed);

        Assert.That(waited.Elapsed, Is.LessThan(UnavailableMax));
        Assert.That(refusal.Kind, Is.EqualTo(ClientFailure.Undecided), refusal.Message);
        Assert.That(refusal.Message, Does.Contain("UNAVAILABLE"));
    }

    [Test]
    public async Task With_every_node_stopped_a_receipt_verifies_and_a_changed_one_does_not()
    {
        await consortium.RunOnlyAsync(0);
        Receipt receipt = await cast.North.Client.GetReceiptAsync(grantTransaction, 0, 0, CancellationToken.None);
        byte[] file = new ProofFile { Receipt = receipt }.ToByteArray();
        await consortium.RunOnlyAsync();

        VerificationReport report = ProofVerifier.Verify(file, cast.Trust);
        receipt.Result = ByteString.CopyFrom([.. receipt.Result.Span[..^1], (byte)(receipt.Result.Span[^1] ^ 1)]);
        VerificationReport changed = ProofVerifier.Verify(
            new ProofFile { Receipt = receipt }.ToByteArray(), cast.Trust);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.TransactionId, Is.EqualTo(grantTransaction));
        Assert.That(changed.Verdict, Is.EqualTo(Verdict.Failed));
        NodeLogs.RequireClean(consortium.Nodes, expected: "a row of the record store is passed over");
    }

    private async Task RequireUnmodifiedClientReadsAsync()
    {
        ForeignNode tool = await ForeignNode.InstallAsync(Path.Combine(AppContext.BaseDirectory, "XapiTool"));
        string output = await tool.RunAsync(
            "tool.js", $"http://{cast.East.Node.Lrs}/granted/xAPI/", GrantedTool.Key, GrantedTool.Secret,
            cast.Learner.Address.ToString(), Statements.Viewed);
        Assert.That(output.Trim().Split('\n'), Is.EquivalentTo(viewed.Select(view => view.Id)));
    }

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Steps.Select(step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
