using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Box;

/// <summary>
/// A learner approves once, and another school gets features that the first one's box computes: verified, entered in
/// the trail, and never the records. Rules of <c>docs/feature-packets.md</c>.
/// </summary>
public sealed class FeaturePacketTests
{
    private const int Records = 5;

    private BoxBench bench = null!;

    [SetUp]
    public void Begin() => bench = new BoxBench(Records, Marked);

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task A_granted_reader_gets_features_of_all_records_and_no_record()
    {
        bench.Grant(bench.East);
        FeatureReading reading = await bench.FeaturesAsync(bench.East);

        FeatureSet features = reading.Body!.Verbs.Single().Features;
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(features.Records, Is.EqualTo(Records));
        Assert.That(features.ScoreBands, Is.EqualTo(new ulong[] { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 }));
        Assert.That((features.Succeeded, features.Failed), Is.EqualTo((3UL, 2UL)));
        Assert.That(features.Activities.Select(static one => one.Records), Is.EqualTo(new ulong[] { 2, 3 }));
        Assert.That(reading.Body.Verbs[0].Ranges.Single().Counted, Is.EqualTo(Records));
        Assert.That(
            reading.ProofFileBytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Statements.Id(1))), Is.Negative,
            "No id of a record is in the packet.");
    }

    [Test]
    public async Task A_saved_packet_verifies_with_no_node_and_every_byte_of_it_counts()
    {
        bench.Grant(bench.East);
        byte[] file = (await bench.FeaturesAsync(bench.East)).ProofFileBytes;
        Assert.That(ProofVerifier.Verify(file, bench.Trust).Features, Is.Not.Null);
        for (int place = 0; place < file.Length; place++)
        {
            file[place] ^= 0x04;
            VerificationReport report = ProofVerifier.Verify(file, bench.Trust);
            Assert.That(report.Verdict, Is.Not.EqualTo(Verdict.Passed), $"byte {place}");
            Assert.That(report.Features, Is.Null, $"byte {place}");
            file[place] ^= 0x04;
        }
    }

    [Test]
    public async Task A_grant_of_features_alone_opens_no_record_and_ends_like_any_other()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { FeaturesOnly = true });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        BoxQuery query = bench.Query() with { Openings = [opening] };

        Assert.That(await bench.RefusedAsync(bench.East, query), Is.EqualTo(BoxRefusals.FeaturesOnly));
        Assert.That(bench.Source.Asked, Is.Zero);
        Assert.That((await bench.FeaturesAsync(bench.East, query)).Report.Verdict, Is.EqualTo(Verdict.Passed));

        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        Assert.That(
            await bench.RefusedAsync(bench.East, query with { IsForFeatures = true }), Is.EqualTo(BoxRefusals.NoRight));
    }

    [Test]
    public async Task Without_a_right_or_with_a_filter_there_are_no_features()
    {
        BoxQuery query = bench.Query() with { IsForFeatures = true };
        Assert.That(await bench.RefusedAsync(bench.East, query), Is.EqualTo(BoxRefusals.NoRight));
        bench.Grant(bench.East);
        BoxRefusal narrow = await bench.RefusedAsync(
            bench.East, query with { Filter = new BoxFilter { Activities = { "urn:one" } } });
        BoxRefusal part = await bench.RefusedAsync(bench.East, query with { FromIndex = 1 });

        Assert.That((narrow.Code, narrow.Path), Is.EqualTo(("MALFORMED", "features")));
        Assert.That((part.Code, part.Path), Is.EqualTo(("MALFORMED", "features")));
        Assert.That(bench.Source.Asked, Is.Zero);
    }

    [Test]
    public async Task Features_are_entered_in_the_trail_before_they_leave_or_do_not_leave()
    {
        bench.Grant(bench.East);
        List<SealedOpening> entered = [];
        bench.Enter = read =>
        {
            entered.Add(read);
            return Task.FromResult(true);
        };
        await bench.FeaturesAsync(bench.East);
        TrailEntry entry = bench.Open(entered.Single());
        Assert.That((entry.Features, entry.Records), Is.EqualTo((true, (ulong)Records)));
        Assert.That(TrailEntries.CommitmentOf(entry), Is.EqualTo(entered[0].Commitment));

        bench.Enter = static _ => Task.FromResult(false);
        Assert.That(
            await bench.RefusedAsync(bench.East, bench.Query() with { IsForFeatures = true }),
            Is.EqualTo(BoxRefusals.NoTrail));
    }

    [Test]
    public async Task A_store_that_was_tampered_with_gives_no_features_that_verify()
    {
        bench.Grant(bench.East);
        bench.Source.Change = static record => Number(record) == 3 ? record with { Salt = new byte[32] } : record;
        FeatureReading reading = await bench.FeaturesAsync(bench.East);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(Text(reading.Report), Does.Contain("MISMATCH"));
        Assert.That(reading.Body, Is.Null);

        bench.Source.Change = static record => Number(record) == 3 ? null : record;
        reading = await bench.FeaturesAsync(bench.East);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Unknown), Text(reading.Report));
        Assert.That(reading.Body!.Verbs[0].Ranges[0].Unavailable, Is.EqualTo(1));
    }

    [Test]
    public async Task Limits_narrow_what_is_counted_and_what_is_withheld_is_told()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Activities = { ActivityOf(1) } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());

        FeatureReading reading =
            await bench.FeaturesAsync(bench.East, bench.Query() with { Openings = [opening] });

        FeatureRange range = reading.Body!.Verbs[0].Ranges.Single();
        Assert.That((range.Counted, range.Withheld), Is.EqualTo((3UL, 2UL)));
        Assert.That(reading.Body.Verbs[0].Features.Activities.Single().Activity, Is.EqualTo(ActivityOf(1)));
    }

    [Test]
    public async Task The_learner_counts_anew_what_the_box_has_signed()
    {
        bench.Grant(bench.East);
        FeatureReading packet = await bench.FeaturesAsync(bench.East);
        BoxReading all = await bench.ReadAsync(bench.Learner);
        BoxReading some = await bench.ReadAsync(bench.Learner, bench.Query() with { Limit = 3 });

        VerificationReport same = FeatureRecount.Run(packet.ProofFileBytes, [all.ProofFileBytes], bench.Trust);
        VerificationReport part = FeatureRecount.Run(packet.ProofFileBytes, [some.ProofFileBytes], bench.Trust);

        Assert.That(same.Verdict, Is.EqualTo(Verdict.Passed), Text(same));
        Assert.That(part.Verdict, Is.EqualTo(Verdict.Unknown), Text(part));
    }

    private static IntakeRecord Marked(int number)
    {
        JsonObject statement = Statements.Statement(number);
        statement["object"]!["id"] = ActivityOf(number);
        statement["result"] = new JsonObject
        {
            ["score"] = new JsonObject { ["scaled"] = (2 * number * 0.1m) - 0.05m },
            ["success"] = number > 2,
        };
        return Statements.Read(statement.ToJsonString());
    }

    private static string ActivityOf(int number) => $"https://lms.example.org/quiz/{number % 2}";

    private static int Number(KeptRecord record) => Convert.ToInt32(RangeAnswer.IdOf(record)[^12..], 16);

    private static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
