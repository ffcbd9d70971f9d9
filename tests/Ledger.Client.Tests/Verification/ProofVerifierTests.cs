using Google.Protobuf;
using Ledger.Client.Verification;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Verification;

public sealed class ProofVerifierTests
{
    private const string First =
        """{"id":"00000000-0000-4000-8000-000000000001","actor":{"mbox":"mailto:"""
        + """a@school.example"},"verb":{"id":"http:"""
        + """//adlnet.gov/"""
        + """expapi/verbs/completed"},"object":{"id":"http://school.example/"""
        + """unit/1"},"timestamp":"2024-05-01T10:00:00Z"}""";

    private const string Second =
        """{"id":"00000000-0000-4000-8000-000000000002","actor":{"mbox":"mailto:"""
        + """a@school.example"},"verb":{"id":"http:"""
        + """//adlnet.gov/"""
        + """expapi/verbs/completed"},"object":{"id":"http://school.example/"""
        + """unit/2"},"timestamp":"2024-05-02T10:00:00Z"}""";

    [Test]
    public void Receipt_verifies_from_the_genesis_document_alone()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());

        VerificationReport report = Verify(new ProofFile { Receipt = chain.Receipt() }, chain.Trust);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.Steps.Select(static step => step.Name), Is.EqualTo(
            new[] { "format", "membership", "certificate", "signatures", "inclusion", "content" }));
        Assert.That(report.Result!.Code, Is.EqualTo(ResultCode.Accepted));
        Assert.That(report.Height, Is.EqualTo(1));
        Assert.That(Text(report), Does.Contain("assumes that no q former keys collude"));
    }

    [Test]
    public void Receipt_with_any_byte_changed_is_not_accepted()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        TrustRoot trust = chain.Trust;
        byte[] file = new ProofFile { Receipt = chain.Receipt() }.ToByteArray();
        int accepted = 0;
        int controls = 0;
        for (int place = 0; place < file.Length; place++)
        {
            foreach (byte mask in new byte[] { 0x01, 0x80, 0xff })
            {
                file[place] ^= mask;
                accepted += ProofVerifier.Verify(file, trust).Verdict == Verdict.Passed ? 1 : 0;
                file[place] ^= mask;
            }

            // The unchanged file must verify all along, else the refusals above would say nothing.
            if (place % 100 == 0)
            {
                controls += ProofVerifier.Verify(file, trust).Verdict == Verdict.Passed ? 1 : 0;
            }
        }

        Assert.That(accepted, Is.Zero);
        Assert.That(controls, Is.EqualTo((file.Length + 99) / 100));
    }

    [TestCase(uint.MaxValue, 0U)]
    [TestCase(0U, uint.MaxValue)]
    [TestCase(256U, 0U)]
    [TestCase(0U, 1024U)]
    public void Receipt_of_a_place_that_no_transaction_has_is_not_accepted(uint group, uint operation)
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        Receipt receipt = chain.Receipt();
        receipt.Group = group;
        receipt.Operation = operation;

        Failed(new ProofFile { Receipt = receipt }, chain.Trust, "inclusion");
    }

    [Test]
    public void Receipt_that_is_cut_or_longer_is_not_accepted()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        TrustRoot trust = chain.Trust;
        byte[] file = new ProofFile { Receipt = chain.Receipt() }.ToByteArray();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.That(ProofVerifier.Verify(file.AsSpan(0, length), trust).Verdict, Is.EqualTo(Verdict.Failed));
        }

        Assert.That(ProofVerifier.Verify([.. file, 0], trust).Verdict, Is.EqualTo(Verdict.Failed));
    }

    [Test]
    public void Certificate_with_one_vote_too_few_is_refused()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        Receipt receipt = chain.Receipt();
        receipt.Block.Certificate.Votes.RemoveAt(2);

        Failed(new ProofFile { Receipt = receipt }, chain.Trust, "certificate");
    }

    [Test]
    public void Certificate_of_prepare_votes_decides_nothing()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        Receipt receipt = chain.Receipt();
        receipt.Block.Certificate.Kind = Ledger.Consensus.Protos.VoteKind.Prepare;

        Failed(new ProofFile { Receipt = receipt }, chain.Trust, "certificate");
    }

    [Test]
    public void Result_of_another_operation_is_refused()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate(), Operations.UicCreate());
        Receipt receipt = chain.Receipt();
        receipt.Operation = 1;

        Failed(new ProofFile { Receipt = receipt }, chain.Trust, "inclusion");
    }

    [Test]
    public void Proof_of_another_chain_is_refused()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        Genesis other = Genesis.Parser.ParseFrom(chain.GenesisBytes);
        other.Name = "another";
        Assert.That(TrustRoot.TryFromGenesis(other.ToByteArray(), out TrustRoot? trust), Is.True);

        Failed(new ProofFile { Receipt = chain.Receipt() }, trust!, "membership");
    }

    [Test]
    public void Checkpoint_vouches_for_its_own_block_and_later_ones_but_cannot_tell_about_earlier_ones()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        ProofFile early = new() { Receipt = chain.Receipt() };
        chain.Decide([chain.School], Operations.PicCreate());
        ProofFile same = new() { Receipt = chain.Receipt() };
        Assert.That(
            TrustRoot.TryFromCheckpoint(chain.ChainId, chain.HeadBytes, chain.SetBytes, out TrustRoot? trust), Is.True);
        chain.Decide([chain.School], Operations.Settle());
        ProofFile late = new() { Receipt = chain.Receipt() };

        Assert.That(Verify(same, trust!).Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(Verify(late, trust!).Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(Verify(early, trust!).Verdict, Is.EqualTo(Verdict.Unknown));
        Assert.That(Text(Verify(late, trust!)), Does.Contain("trusted checkpoint at height 2"));
    }

    [Test]
    public void Checkpoint_survives_its_file()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-checkpoint-");
        string path = Path.Combine(folder.FullName, "c.json");
        CheckpointFile.Write(path, chain.ChainId, chain.HeadBytes, chain.SetBytes, overwrite: false);
        byte[] json = File.ReadAllBytes(path);
        folder.Delete(recursive: true);

        Assert.That(CheckpointFile.TryRead(json, out TrustRoot? root), Is.True);
        Assert.That(root!.Height, Is.EqualTo(1));
        Assert.That(CheckpointFile.TryRead("{}"u8, out _), Is.False);
        Assert.That(CheckpointFile.TryRead("nothing"u8, out _), Is.False);
    }

    [Test]
    public void Presence_and_absence_of_a_key_are_shown()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        StateEvidence present = chain.Evidence(StateKeys.Learner(chain.Learner.Address));
        StateEvidence absent = chain.Evidence(StateKeys.Learner(chain.School.Address));

        Assert.That(Verify(new ProofFile { State = present }, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(Verify(new ProofFile { State = absent }, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));

        StateEvidence forged = absent.Clone();
        forged.Value = ByteString.CopyFrom(1);
        Failed(new ProofFile { State = forged }, chain.Trust, "inclusion");
        StateEvidence denied = present.Clone();
        denied.Value = ByteString.Empty;
        Failed(new ProofFile { State = denied }, chain.Trust, "inclusion");
    }

    [Test]
    public void Records_verify_with_their_content_and_count()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(First, Second);

        VerificationReport whole = Verify(new ProofFile { Records = chain.Bundle(First, Second) }, chain.Trust);
        VerificationReport part = Verify(new ProofFile { Records = chain.Bundle(First) }, chain.Trust);

        Assert.That(whole.Verdict, Is.EqualTo(Verdict.Passed), Text(whole));
        Assert.That(whole.RecordsVerified, Is.EqualTo(2));
        Assert.That(part.Verdict, Is.EqualTo(Verdict.Passed), Text(part));
        Assert.That(Text(part), Does.Contain("1 returned, 1 withheld"));
    }

    [Test]
    public void Change_of_meaning_is_found_and_change_of_spelling_is_not()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(First, Second);
        RecordBundle respelt = chain.Bundle(First.Replace("\":", "\" : ", StringComparison.Ordinal), Second);
        Assert.That(Verify(new ProofFile { Records = respelt }, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));

        Failed(
            new ProofFile { Records =
                chain.Bundle(First.Replace("unit/1", "unit/9", StringComparison.Ordinal), Second) },
            chain.Trust,
            "content");
        RecordBundle salted = chain.Bundle(First, Second);
        salted.Writers[0].Records[0].Salt = salted.Writers[0].Records[1].Salt;
        Failed(new ProofFile { Records = salted }, chain.Trust, "content");
        RecordBundle moved = chain.Bundle(First, Second);
        moved.Writers[0].Records[0].Proof = moved.Writers[0].Records[1].Proof;
        Failed(new ProofFile { Records = moved }, chain.Trust, "content");
    }

    [Test]
    public void Count_is_the_ledgers_and_not_the_boxs()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(First, Second);

        RecordBundle hidden = chain.Bundle(First);
        hidden.Writers[0].Withheld = 0;
        Failed(new ProofFile { Records = hidden }, chain.Trust, "completeness");

        RecordBundle twice = chain.Bundle(First);
        twice.Writers[0].Records.Add(twice.Writers[0].Records[0]);
        Failed(new ProofFile { Records = twice }, chain.Trust, "completeness");

        RecordBundle tooMany = chain.Bundle(First, Second);
        tooMany.Writers[0].Withheld = ulong.MaxValue;
        Failed(new ProofFile { Records = tooMany }, chain.Trust, "completeness");

        RecordBundle lost = chain.Bundle(First);
        lost.Writers[0].Withheld = 0;
        lost.Writers[0].Unavailable.Add(1);
        Assert.That(Verify(new ProofFile { Records = lost }, chain.Trust).Verdict, Is.EqualTo(Verdict.Unknown));

        RecordBundle mismatched = chain.Bundle(First);
        mismatched.Writers[0].Withheld = 0;
        mismatched.Writers[0].Mismatches.Add(new Mismatch { Index = 1 });
        Failed(new ProofFile { Records = mismatched }, chain.Trust, "content");

        RecordBundle shrunk = chain.Bundle(First);
        shrunk.Writers[0].Range.Count = 1;
        Failed(new ProofFile { Records = shrunk }, chain.Trust, "inclusion");
    }

    [Test]
    public void A_bundle_of_the_first_version_still_verifies()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(First, Second);

        Assert.That(
            Verify(new ProofFile { Records = OfFirstVersion(chain.Bundle(First)) }, chain.Trust).Verdict,
            Is.EqualTo(Verdict.Passed));
        RecordBundle page = OfFirstVersion(chain.Bundle(First));
        page.SingleVerbWriters[0].Withheld = 0;
        Assert.That(Verify(new ProofFile { Records = page }, chain.Trust).Verdict, Is.EqualTo(Verdict.Unknown));
        RecordBundle mixed = OfFirstVersion(chain.Bundle(First));
        mixed.Verbs.Add(chain.Bundle(First, Second).Verbs[0]);
        Failed(new ProofFile { Records = mixed }, chain.Trust, "format");
    }

    private static RecordBundle OfFirstVersion(RecordBundle bundle)
    {
        RecordBundle first = new()
        {
            Version = 1,
            Membership = bundle.Membership,
            Block = bundle.Block,
            Learner = bundle.Learner,
            SingleVerb = bundle.Verbs[0].Verb,
        };
        WriterRecords writer = bundle.Verbs[0].Writers[0].Clone();
        writer.NextIndex = 0;
        first.SingleVerbWriters.Add(writer);
        return first;
    }

    private static VerificationReport Verify(ProofFile file, TrustRoot trust) =>
        ProofVerifier.Verify(file.ToByteArray(), trust);

    private static void Failed(ProofFile file, TrustRoot trust, string step)
    {
        VerificationReport report = Verify(file, trust);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed), Text(report));
        Assert.That(
            report.Steps.Where(static one => one.Verdict == Verdict.Failed).Select(static one => one.Name),
                Does.Contain(step));
    }

    private static string Text(VerificationReport report) => string.Join('\n', report.Steps);
}
