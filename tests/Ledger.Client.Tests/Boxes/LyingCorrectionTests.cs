using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Corrections;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Boxes;

/// <summary>
/// Of three records the last corrects the first: a box that hides one of the two, or says of another that it is
/// corrected, is found. Rules W-4 and W-5.
/// </summary>
public sealed class LyingCorrectionTests
{
    private static readonly string Third =
        LyingBox.First.Replace("000000000001", "000000000003", StringComparison.Ordinal).Replace(
            "\"timestamp\"",
            $"\"context\":{{\"extensions\":{{\"{RecordCorrection.Extension}\":\"{LyingBox.First[7..43]}\"}}}},"
                + "\"timestamp\"",
            StringComparison.Ordinal);

    private SmallChain chain = null!;
    private BoxReader reader = null!;
    private BoxQuery query = null!;

    [SetUp]
    public void Begin()
    {
        chain = new SmallChain();
        chain.AnchorStatements(LyingBox.First, LyingBox.Second, Third);
        reader = new BoxReader(new CallerIdentity(chain.Learner.Address, chain.Learner), chain.Trust);
        query = new BoxQuery(chain.School.Address, chain.Learner.Address, SmallChain.Verb);
    }

    [TearDown]
    public void End() => chain.Dispose();

    [Test]
    public void The_last_word_is_taken_and_the_file_verifies_alone()
    {
        BoxReading reading = Tell(Honest());

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(
            reading.Bundle.Writers.Single().Records.Select(static one => one.Leaf.Index),
            Is.EqualTo(new ulong[] { 1, 2 }));
        Assert.That(
            reading.Superseded.Select(static one => (one.Index, one.By)), Is.EqualTo(new[] { (0UL, 2UL) }));
        Assert.That(ProofVerifier.Verify(reading.ProofFileBytes, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(
            reading.ProofFileBytes.AsSpan().IndexOf("urn:unit:1"u8),
            Is.GreaterThan(0),
            "the correction is about the same unit");
        Assert.That(
            Encoding.UTF8.GetString(reading.Bundle.Writers.Single().Superseded.Single().ToByteArray()),
            Does.Not.Contain("urn:unit:1"),
            "of the earlier word nothing is shown but its id");
    }

    [Test]
    public void Whoever_asks_for_earlier_words_gets_both_and_sees_which_is_the_last()
    {
        query = query with { WithSuperseded = true };
        BoxReading reading = Tell(chain.Bundle(LyingBox.First, LyingBox.Second, Third));

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(
            reading.Superseded.Select(static one => (one.Index, one.By)), Is.EqualTo(new[] { (0UL, 2UL) }));
        Failed("content", Tell(Honest()));
    }

    [Test]
    public void A_box_that_hides_the_correction_is_found_by_the_count()
    {
        RecordBundle left = chain.Bundle(LyingBox.First, LyingBox.Second);
        Failed("completeness", Tell(left));
        left.Writers[0].Withheld = 0;
        Failed("completeness", Tell(left));
        left.Writers[0].NextIndex = 2;
        Assert.That(Tell(left).Report.Verdict, Is.EqualTo(Verdict.Unknown), "it is to be asked for the rest");
    }

    [Test]
    public void A_box_that_hides_the_original_or_both_is_found_by_the_count()
    {
        RecordBundle told = Honest();
        told.Writers[0].Superseded.Clear();
        Failed("completeness", Tell(told));
        told.Writers[0].Withheld = 1;
        Failed("completeness", Tell(told));
    }

    [Test]
    public void A_box_that_gives_both_as_last_words_is_found() =>
        Failed("content", Tell(chain.Bundle(LyingBox.First, LyingBox.Second, Third)));

    [Test]
    public void A_record_that_nobody_corrected_cannot_be_left_out_as_corrected()
    {
        RecordBundle all = chain.Bundle(LyingBox.First, LyingBox.Second, Third);
        ReleasedRecord[] records = [.. all.Writers[0].Records];

        // The second by the third, which corrects the first; the third by the first, which stands before it.
        Failed("content", Tell(LeaveOut(1, SupersededProof.Make(records[1], records[2]))));
        Failed("content", Tell(LeaveOut(2, SupersededProof.Make(records[2], records[0]))));
        Failed("content", Tell(LeaveOut(1, new SupersededRecord())));
    }

    [Test]
    public void What_is_shown_of_the_two_must_be_what_the_ledger_committed()
    {
        Found(static told => told.Correction.Slots[0].Value = ByteString.CopyFromUtf8("{}"));
        Found(static told => told.Correction.Slots.Clear());
        Found(static told => told.Earlier.Slots[0].Value = ByteString.CopyFromUtf8("\"another\""));
        Found(static told => told.Earlier.Slots[0].Salt = told.Correction.Slots[0].Salt);
        Found(static told => told.Earlier.Leaf.Index = 1);
        Found(static told => told.Earlier.Proof.Index = 1);
        Found(static told => told.Correction.Leaf.Height++);
        Found(static told => told.Correction.Type = "caliper");
        Found(static told => told.Correction.Proof = new RangeProof { Index = told.Correction.Leaf.Index });
    }

    private RecordBundle Honest()
    {
        RecordBundle told = chain.Bundle(LyingBox.First, LyingBox.Second, Third);
        ReleasedRecord[] records = [.. told.Writers[0].Records];
        told.Writers[0].Superseded.Add(SupersededProof.Make(records[0], records[2]));
        told.Writers[0].Records.RemoveAt(0);
        return told;
    }

    // What stands at a place is said to be corrected; the first is returned as if it was not.
    private RecordBundle LeaveOut(int place, SupersededRecord said)
    {
        RecordBundle told = Honest();
        ReleasedRecord left = chain.Bundle(LyingBox.First, LyingBox.Second, Third).Writers[0].Records[place];
        told.Writers[0].Records.Remove(left);
        told.Writers[0].Superseded.Add(said);
        return told;
    }

    private void Found(Action<SupersededRecord> lie)
    {
        RecordBundle told = Honest();
        lie(told.Writers[0].Superseded[0]);
        Failed("content", Tell(told));
    }

    private BoxReading Tell(RecordBundle bundle)
    {
        BoxRequest request = reader.Sign(query);
        byte[] bytes = bundle.ToByteArray();
        Hash256 digest = BoxMessages.AnswerDigest(
            chain.ChainId, BoxMessages.RequestDigest(chain.ChainId, request.Body.Span), bytes);
        return reader.Check(
            query,
            request,
            new BoxAnswer
            {
                Bundle = ByteString.CopyFrom(bytes),
                Box = ByteString.CopyFrom(chain.School.Address.ToArray()),
                Signature = ByteString.CopyFrom(chain.School.Sign(digest)),
            },
            chain.School.PublicKey);
    }

    private static void Failed(string step, BoxReading reading) => Assert.That(
        reading.Report.Steps.Where(static one => one.Verdict == Verdict.Failed).Select(static one => one.Name),
        Does.Contain(step),
        Text(reading));

    private static string Text(BoxReading reading) => string.Join(
        '\n', reading.Report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
