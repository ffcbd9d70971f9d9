using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Boxes;

/// <summary>Whatever a box tells, its reader finds what is not so, and says which step found it.</summary>
public sealed class LyingBoxTests
{
    private LyingBox box = null!;

    [SetUp]
    public void Begin() => box = new LyingBox();

    [TearDown]
    public void End() => box.Dispose();

    [Test]
    public void The_truth_is_taken()
    {
        BoxReading reading = box.Tell(box.Honest());
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(reading.Unfinished, Is.Empty);
    }

    [Test]
    public void A_wrong_record_salt_or_place_is_found()
    {
        Found("content", static told => told.Writers[0].Records[0].Content =
            ByteString.CopyFromUtf8(LyingBox.First.Replace("unit:1", "unit:9", StringComparison.Ordinal)));
        Found("content", static told => told.Writers[0].Records[0].Salt = told.Writers[0].Records[1].Salt);
        Found("content", static told =>
            told.Writers[0].Records[0].Content = told.Writers[0].Records[1].Content);
        Found("content", static told => told.Writers[0].Records[0].Proof.Index = 1);
        Found("content", static told => told.Writers[0].Records[0].Type = "caliper");
        Found("content", static told =>
            told.Writers[0].Records[0].Leaf.Locator.HashedId = ByteString.CopyFrom([.. new byte[15], 9]));
    }

    [Test]
    public void A_record_that_is_left_out_is_missed()
    {
        Found("completeness", static told => told.Writers[0].Records.RemoveAt(1));
        Found("completeness", static told =>
        {
            told.Writers[0].Records.RemoveAt(1);
            told.Writers[0].Withheld = 1;
        });
        Found("completeness", static told =>
        {
            told.Writers[0].Records.RemoveAt(0);
            told.Writers[0].FromIndex = 1;
        });
        Found("inclusion", static told =>
        {
            told.Writers[0].Records.RemoveAt(1);
            told.Writers[0].Range.Count = 1;
            told.Writers[0].NextIndex = 1;
        });
        Found("inclusion", static told =>
        {
            WriterRecords writer = told.Writers[0];
            writer.Records.RemoveAt(1);
            writer.Erased.Add(new ErasedRecord { RecordHeight = 3, ErasedHeight = 4, Proof = new RangeProof() });
        });
        Found("inclusion", static told =>
        {
            told.Writers[0].Records.Clear();
            told.Writers[0].Range = new RecordRange();
            told.Writers[0].NextIndex = 0;
        });
        Found("completeness", static told => told.Verbs[0].Writers.Clear());
    }

    [Test]
    public void A_box_that_ends_early_is_asked_again()
    {
        RecordBundle told = box.Honest();
        told.Writers[0].Records.RemoveAt(1);
        told.Writers[0].NextIndex = 1;

        BoxReading reading = box.Tell(told);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Unknown), Text(reading));
        Assert.That(reading.Unfinished.Single().FromIndex, Is.EqualTo(1));
    }

    [Test]
    public void An_old_state_is_known_by_its_height()
    {
        RecordBundle old = box.Honest();
        box.Chain.Decide([box.Chain.Identities[0]], Operations.Settle());
        box.Query = box.Query with { HeightMin = box.Chain.Head.Height };

        Failed("freshness", box.Tell(old));
        Assert.That(box.Tell(box.Honest()).Report.Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public void What_was_not_asked_for_is_found()
    {
        string id = LyingBox.First[7..43];
        box.Query = box.Query with { Filter = new BoxFilter { Ids = { id } } };
        RecordBundle both = box.Honest();
        both.Asked.Add(new AskedRecord { Id = id, State = AskedState.Returned });
        RecordBundle one = box.Chain.Bundle(LyingBox.First);
        one.Asked.Add(new AskedRecord { Id = id, State = AskedState.Returned });

        Failed("content", box.Tell(both));
        Assert.That(box.Tell(one).Report.Verdict, Is.EqualTo(Verdict.Passed), Text(box.Tell(one)));
    }

    [Test]
    public void What_a_box_says_of_an_id_must_be_what_it_shows()
    {
        const string Other = "00000000-0000-4000-8000-000000000009";
        box.Query = box.Query with { Filter = new BoxFilter { Ids = { Other } } };
        RecordBundle silent = box.Chain.Bundle();
        Failed("completeness", box.Tell(silent));
        foreach (AskedState state in Enum.GetValues<AskedState>().Except([AskedState.Unspecified]))
        {
            RecordBundle told = box.Chain.Bundle();
            told.Asked.Add(new AskedRecord { Id = Other, State = state });
            Verdict expected = state is AskedState.Unknown or AskedState.Pending ? Verdict.Unknown : Verdict.Failed;
            Assert.That(box.Tell(told).Report.Verdict, Is.EqualTo(expected), state.ToString());
        }
    }

    [Test]
    public void An_answer_about_other_verbs_is_not_used()
    {
        RecordBundle told = box.Honest();
        told.Verbs.Add(told.Verbs[0].Clone());
        Assert.That(
            Assert.Throws<LedgerClientException>(() => box.Tell(told))!.Kind, Is.EqualTo(ClientFailure.NotVerified));
    }

    [Test]
    public void An_answer_that_stands_on_no_block_of_the_chain_is_none()
    {
        Found("certificate", static told => told.Block.Header = AtHeightZero(told.Block.Header));
        Found("certificate", static told =>
        {
            told.Block.Header = AtHeightZero(told.Block.Header);
            told.Verbs[0].Writers.Clear();
        });
    }

    [Test]
    public void Changes_of_the_set_that_lead_nowhere_are_refused() =>
        Found("membership", static told => told.Membership.Ends.Add(new EpochEnd()));

    [Test]
    public void A_box_that_does_not_move_on_is_found() => Found("completeness", static told =>
    {
        told.Writers[0].Records.Clear();
        told.Writers[0].NextIndex = 0;
    });

    [Test]
    public void A_receipt_of_one_record_is_cut_out_and_verifies_alone()
    {
        BoxReading reading = box.Tell(box.Honest());
        (ByteString Writer, ReleasedRecord Record, Func<byte[]> File)[] receipts =
            [.. SingleRecord.Receipts(reading.Bundle)];

        Assert.That(receipts, Has.Length.EqualTo(2));
        foreach ((_, _, Func<byte[]> make) in receipts)
        {
            byte[] file = make();
            VerificationReport report = ProofVerifier.Verify(file, box.Chain.Trust);
            Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed));
            Assert.That(report.RecordsVerified, Is.EqualTo(1));
            Assert.That(file.AsSpan().IndexOf(receipts[0].Record.Content.Span) < 0
                || file.AsSpan().IndexOf(receipts[1].Record.Content.Span) < 0);
        }
    }

    private static ByteString AtHeightZero(ByteString header)
    {
        Assert.That(BlockHeader.TryDecode(header.Span, out BlockHeader? read));
        return ByteString.CopyFrom((read! with { Height = 0 }).Encode());
    }

    private void Found(string step, Action<RecordBundle> lie)
    {
        RecordBundle told = box.Honest();
        lie(told);
        Failed(step, box.Tell(told));
    }

    private static void Failed(string step, BoxReading reading)
    {
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Failed), Text(reading));
        Assert.That(
            reading.Report.Steps.Where(static one => one.Verdict == Verdict.Failed).Select(static one => one.Name),
            Does.Contain(step),
            Text(reading));
    }

    private static string Text(BoxReading reading) => string.Join(
        '\n', reading.Report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
