using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>F04, F06 and F07: who is let in, and what remains when somebody is put out.</summary>
[TestFixture]
public sealed class AdmissionTests
{
    private readonly TestParty stranger = new("stranger");
    private readonly TestParty learner = new("learner");

    [Test]
    public void Every_write_of_an_unregistered_key_is_refused_by_name_and_changes_nothing()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
        TestParty other = new("other");
        (Operation Call, ResultCode Code)[] writes =
        [
            (Calls.Vote(schools[0], true), ResultCode.NotAMember),
            (Calls.Endpoint("https://stranger.example.org"), ResultCode.NotRegistered),
            (Calls.EncryptionKey(stranger), ResultCode.NotRegistered),
            (Calls.TlsBinding(1), ResultCode.NotRegistered),
            (Seats.Accuse(schools[0]), ResultCode.NotAMember),
            (Seats.Revoke(schools[0]), ResultCode.NotAMember),
            (Seats.Propose(Seats.Remove(schools[0])), ResultCode.NotAMember),
            (Seats.Vote(1), ResultCode.NotAMember),
            (Seats.Rotate(ledger, stranger, stranger.VoteKey, other.VoteKey), ResultCode.NotRegistered),
            (Seats.Activate(ledger, 1), ResultCode.NotRegistered),
            (Calls.Suspend(schools[0]), ResultCode.NotAMember),
            (Calls.VoteOn(1), ResultCode.NotAMember),
            (Calls.Leave(), ResultCode.NotRegistered),
            (Calls.Rotate(ledger, stranger, other.Key), ResultCode.NotRegistered),
            (Calls.Enrol(learner, schools[0]), ResultCode.MissingSignature),
            (Calls.EndEnrolment(learner, schools[0]), ResultCode.NoRight),
            (Calls.UicInsert(learner), ResultCode.NotRegistered),
            (Calls.PicCreate(), ResultCode.NotRegistered),
            (Calls.PicInsert(learner), ResultCode.NotRegistered),
            (Calls.Create(learner, "http://example.org/verbs/other"), ResultCode.NotRegistered),
            (Calls.Insert(learner, 2), ResultCode.NotRegistered),
            (Calls.Request(learner, AccessBits.Read), ResultCode.NotRegistered),
            (Calls.Deny(learner, 1), ResultCode.NotRegistered),
            (Calls.Grant(learner, schools[1], AccessBits.Read), ResultCode.NotRegistered),
            (Calls.Revoke(learner, 1), ResultCode.NotRegistered),
            (Calls.Renounce(learner, 1), ResultCode.NotRegistered),
            (StaffCalls.Appoint(other, 1), ResultCode.NotRegistered),
            (StaffCalls.Assign(other, 1), ResultCode.NotRegistered),
            (StaffCalls.End(schools[0], other, 1), ResultCode.NoRight),
            (StaffCalls.Testify(learner, schools[0], 1), ResultCode.NotStaffThen),
            (StaffCalls.Withdraw(learner, schools[0], 1), ResultCode.NoTestimonial),
        ];
        foreach ((Operation call, ResultCode code) in writes)
        {
            ledger.Expect(code, stranger, call);
            Assert.That(ResultCodeText.Of(code), Is.Not.Empty);
        }
    }

    [Test]
    public void With_four_members_admission_needs_three_distinct_approvals()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(stranger, Calls.Register(stranger));
        ledger.Accept(schools[0], Calls.Vote(stranger, true));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Calls.Vote(stranger, true));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Calls.Vote(stranger, true));
        Assert.That(Status(ledger, stranger), Is.EqualTo(InstitutionStatus.Pending), "Three from one key are one.");
        ledger.Accept(schools[1], Calls.Vote(stranger, true));
        Assert.That(Status(ledger, stranger), Is.EqualTo(InstitutionStatus.Pending));

        // Not even the candidate's own approval makes the third.
        ledger.Expect(ResultCode.NotAMember, stranger, Calls.Vote(stranger, true));

        // The same member under another key is the same member.
        TestParty next = new("next");
        ledger.Accept(schools[0], Calls.Rotate(ledger, schools[0], next.Key));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0].With(next.Key), Calls.Vote(stranger, true));
        Assert.That(Status(ledger, stranger), Is.EqualTo(InstitutionStatus.Pending));
        ledger.Accept(schools[2], Calls.Vote(stranger, true));
        Assert.That(Status(ledger, stranger), Is.EqualTo(InstitutionStatus.Member));
    }

    [Test]
    public void Of_five_members_a_removed_one_cannot_write_its_records_verify_and_it_counts_no_more()
    {
        (TestLedger ledger, TestParty[] schools) = Of(5);
        TestParty removed = schools[4];
        ledger.AddLearner(learner);
        ledger.Enrol(learner, removed);
        ledger.Write(removed, learner, 1);
        AppendedRecord record = ledger.Last!.Records.Single();
        ledger.Accept(schools[0], Seats.Accuse(removed));
        ledger.Accept(schools[1], Seats.Revoke(removed));
        ledger.Accept(schools[2], Seats.Revoke(removed));
        ledger.Accept(schools[3], Seats.Revoke(removed));
        Assert.That(Status(ledger, removed), Is.EqualTo(InstitutionStatus.Revoked));

        ParsedTransaction write = ledger.Transaction([removed], [Calls.Insert(learner, 2)]);
        Assert.That(
            TransactionRules.Check(write, ledger.State, ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs),
            Is.EqualTo(TransactionRefusal.UnknownSigner));
        Assert.That(ledger.Do(removed, Calls.Insert(learner, 2)).Code, Is.EqualTo(ResultCode.SignerRevoked));

        RecordRange range = ledger.State.RecordRange(new LlpcName(learner.Address, Calls.Verb), removed.Address);
        Hash256 leaf = RangeLeaf.OfRecord(record.Leaf);
        Assert.That(RecordRanges.Verify(range, leaf, RecordRanges.Prove([leaf], 0)), Is.True);

        // Of the four that are left three decide; of five it were four.
        Assert.That(Quorum.Size(ledger.State.Roll().Members.Count), Is.EqualTo(3));
        ledger.AddMember(stranger, InstitutionKind.LearningProvider, schools[..3]);
    }

    private static InstitutionStatus Status(TestLedger ledger, TestParty who) =>
        ledger.State.Institution(who.Address)!.Status;

    private static (TestLedger Ledger, TestParty[] Schools) Of(int count)
    {
        TestParty[] schools = [.. Enumerable.Range(1, count).Select(number => new TestParty($"school{number}"))];
        return (new TestLedger(schools), schools);
    }
}
