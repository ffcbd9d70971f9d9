using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Features;

/// <summary>
/// What a box may say falsely, and who finds it: the reader by the ledger's counts and the sums, the learner by
/// counting anew. Rules.
/// </summary>
public sealed class LyingFeatureBoxTests
{
    private LyingFeatureBox box = null!;

    [SetUp]
    public void Begin() => box = new LyingFeatureBox();

    [TearDown]
    public void End() => box.Dispose();

    [Test]
    public void The_truth_is_taken()
    {
        FeatureReading reading = box.Tell(static _ => { });
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        Assert.That(reading.Body!.Verbs[0].Features.Records, Is.EqualTo(4));
    }

    [Test]
    public void Records_that_are_left_out_or_invented_are_missed()
    {
        Found("completeness", static told => told.Verbs[0].Ranges[0].Counted = 3);
        Found("completeness", static told => told.Verbs[0].Ranges[0].Counted = 5);
        Found("content", static told =>
        {
            told.Verbs[0].Ranges[0].Counted = 3;
            told.Verbs[0].Ranges[0].Withheld = 1;
        });
        Found("completeness", static told =>
        {
            told.Verbs[0].Ranges[0].Counted = 3;
            told.Verbs[0].Ranges[0].Erased = 1;
        });
        Found("completeness", static told =>
        {
            told.Verbs[0].Ranges[0].Withheld = ulong.MaxValue;
            told.Verbs[0].Ranges[0].Counted = 5;
        });
        Found("inclusion", static told => told.Verbs[0].Ranges[0].Range.Count = 3);
        Found("inclusion", static told => told.Verbs[0].Ranges[0].Range = new RecordRange());
    }

    [Test]
    public void Features_that_do_not_add_up_to_the_counted_records_are_found()
    {
        Lie(static features => features.Records = 3);
        Lie(static features => features.Activities[0].Records++);
        Lie(static features => features.Activities.RemoveAt(0));
        Lie(static features => features.OtherActivities = 1);
        Lie(static features => features.Recency[0]++);
        Lie(static features => features.Recency.RemoveAt(0));
        Lie(static features => features.ScoreBands[0] = 100);
        Lie(static features => features.ScoreBands.Add(0));
        Lie(static features => features.Succeeded = ulong.MaxValue);
        Lie(static features => features.Days = 5);
        Lie(static features => features.FirstDay = features.LastDay + 1);
        Lie(static features => features.LastDay = long.MaxValue);
        Lie(static features => features.Skills.Add(new SkillFeature { Skill = "urn:a", Records = 9 }));
        Lie(static features => features.Activities.Add(features.Activities[0].Clone()));
        Found("completeness", static told =>
        {
            told.Verbs[0].Ranges[0].Counted = 0;
            told.Verbs[0].Ranges[0].Withheld = 4;
            told.Verbs[0].Features = new FeatureCounter(0).ToFeatures();
        });
    }

    [Test]
    public void A_packet_for_another_question_is_no_answer()
    {
        Found("content", static told => told.Purpose = "another");
        Found("content", static told => told.Request = ByteString.CopyFrom(new byte[32]));
        Found("content", static told => told.Reader = told.Box);
        Found("inclusion", static told => told.BlockHash = ByteString.CopyFrom(new byte[32]));
        Found("inclusion", static told => told.BlockTimeUnixMs++);
        Found("inclusion", static told => told.Verbs[0].Verb = "urn:another");
        Found("format", static told => told.Definition = 2);
        Found("format", static told => told.Verbs.Clear());
        Found("format", static told => told.Verbs[0].Ranges.Add(told.Verbs[0].Ranges[0].Clone()));
        Found("signatures", told => told.Box = ByteString.CopyFrom(box.Chain.Identities[1].Address.ToArray()));
    }

    [Test]
    public void An_old_state_is_known_by_its_height()
    {
        BoxRequest request = box.Request();
        FeaturePacket old = box.Sign(box.Honest(request));
        box.Chain.Decide([box.Chain.Identities[0]], Operations.Settle());
        box.Query = box.Query with { HeightMin = box.Chain.Head.Height };

        Failed("freshness", box.Tell(request, old));
        Assert.That(box.Tell(static _ => { }).Report.Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public void A_packet_that_the_box_did_not_sign_is_not_used()
    {
        BoxRequest request = box.Request();
        FeaturePacket packet = box.Sign(box.Honest(request));
        packet.Signature = ByteString.CopyFrom(new byte[64]);
        Failed("signatures", box.Tell(request, packet));
        BoxAnswer answer = new() { Bundle = packet.ToByteString(), Signature = packet.Signature };
        BoxReader reader = new(
            new CallerIdentity(box.Chain.Learner.Address, box.Chain.Learner), box.Chain.Trust);

        LedgerClientException? refused = Assert.Throws<LedgerClientException>(
            () => reader.CheckFeatures(box.Query, request, answer, box.Key.PublicKey));
        Assert.That(refused!.Kind, Is.EqualTo(ClientFailure.NotVerified));
    }

    [Test]
    public void A_lie_that_adds_up_is_signed_and_the_learner_shows_it()
    {
        FeatureReading lie = box.Tell(static told =>
        {
            told.Verbs[0].Features.ScoreBands[1]--;
            told.Verbs[0].Features.ScoreBands[9]++;
        });
        byte[] records = new ProofFile { Records = box.Chain.Bundle(LyingFeatureBox.Statements) }.ToByteArray();
        Assert.That(lie.Report.Verdict, Is.EqualTo(Verdict.Passed), "The reader must believe it.");

        VerificationReport found = FeatureRecount.Run(lie.ProofFileBytes, [records], box.Chain.Trust);
        VerificationReport truth = FeatureRecount.Run(
            box.Tell(static _ => { }).ProofFileBytes, [records], box.Chain.Trust);

        Assert.That(found.Verdict, Is.EqualTo(Verdict.Failed), Text(found));
        Assert.That(Text(found), Does.Contain("MISMATCH"));
        Assert.That(truth.Verdict, Is.EqualTo(Verdict.Passed), Text(truth));
    }

    private void Lie(Action<FeatureSet> lie) => Found("content", told => lie(told.Verbs[0].Features));

    private void Found(string step, Action<FeatureBody> lie)
    {
        FeatureReading reading = box.Tell(lie);
        Failed(step, reading);
        Assert.That(reading.Body, Is.Null);
    }

    private static void Failed(string step, FeatureReading reading)
    {
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Failed), Text(reading.Report));
        Assert.That(
            reading.Report.Steps.Where(static one => one.Verdict == Verdict.Failed).Select(static one => one.Name),
            Does.Contain(step),
            Text(reading.Report));
    }

    private static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
