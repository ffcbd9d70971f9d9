using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Measures;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>What the members decide by vote: proposed, voted on, applied by the vote that decides.</summary>
[TestFixture]
public sealed class MeasureTests
{
    private readonly TestParty outsider = new("outsider");

    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(7)]
    [TestCase(16)]
    public void Q_approvals_apply_a_measure_with_the_vote_that_decides(int count)
    {
        (TestLedger ledger, TestParty[] schools) = Of(count);
        OperationResult result = ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        for (int voter = 2; voter <= Quorum.Size(count); voter++)
        {
            Assert.That(result.Ballot, Is.EqualTo(BallotState.Open));
            Assert.That(ledger.State.IsMember(schools[0].Address), Is.True);
            result = ledger.Accept(schools[voter], Calls.VoteOn(1));
        }

        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(result.WithoutEffect, Is.EqualTo(ResultCode.Unspecified));
        Assert.That(ledger.State.Institution(schools[0].Address)!.Status, Is.EqualTo(InstitutionStatus.Suspended));
        Assert.That(ledger.State.Measure(1)!.Ballot.SettledHeight, Is.EqualTo(ledger.Height));
        Assert.That(KindsOf(ledger), Is.EqualTo(new[]
        {
            ContractEventKind.MeasureVoted,
            ContractEventKind.MeasureApplied,
            ContractEventKind.InstitutionSuspended,
        }));
    }

    [Test]
    public void Measures_are_numbered_over_the_chain_and_name_their_proposer()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        Assert.That(ledger.Accept(schools[0], Calls.Close(schools[3])).Number, Is.EqualTo(1));
        Assert.That(ledger.Accept(schools[1], Calls.Suspend(schools[2])).Number, Is.EqualTo(2));
        Assert.That(ledger.State.MeasureCount(), Is.EqualTo(2));
        MeasureProposal second = ledger.State.Measure(2)!;
        Assert.That(second.Proposer.Span.SequenceEqual(schools[1].Address.ToArray()), Is.True);
        Assert.That(second.Measure, Is.EqualTo(Calls.Suspend(schools[2]).MeasurePropose.Measure));
        Assert.That(ledger.State.Measure(0), Is.Null);
        Assert.That(ledger.State.Measure(3), Is.Null);
    }

    [Test]
    public void Only_voting_members_propose_and_vote_once()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        TestParty vendor = new("vendor");
        ledger.AddMember(vendor, InstitutionKind.Organisation, schools[..3]);
        ledger.Expect(ResultCode.NotAMember, outsider, Calls.Suspend(schools[0]));
        ledger.Expect(ResultCode.NotAMember, vendor, Calls.Suspend(schools[0]));
        ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        ledger.Expect(ResultCode.NotAMember, outsider, Calls.VoteOn(1));
        ledger.Expect(ResultCode.NotAMember, vendor, Calls.VoteOn(1));
        ledger.Expect(ResultCode.NoMeasure, schools[2], Calls.VoteOn(2));
        ledger.Expect(ResultCode.AlreadyVoted, schools[1], Calls.VoteOn(1));
    }

    [Test]
    public void A_measure_is_lost_once_q_cannot_come_together()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(schools[1], Calls.Close(schools[0]));
        ledger.Accept(schools[2], Calls.VoteOn(1, approve: false));
        OperationResult lost = ledger.Accept(schools[3], Calls.VoteOn(1, approve: false));
        Assert.That(lost.Ballot, Is.EqualTo(BallotState.Rejected));
        Assert.That(KindsOf(ledger), Does.Contain(ContractEventKind.MeasureRejected));
        ledger.Expect(ResultCode.NoOpenBallot, schools[0], Calls.VoteOn(1));
    }

    [Test]
    public void A_ballot_ends_after_thirty_days_and_makes_room_for_another()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        for (int number = 0; number < MeasureLimits.MeasuresMax; number++)
        {
            ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        }

        ledger.Expect(ResultCode.TooManyMeasures, schools[1], Calls.Suspend(schools[0]));
        ledger.Accept(schools[2], Calls.Suspend(schools[0]));
        ledger.TimeMs += MeasureLimits.BallotMs;
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Calls.VoteOn(1));
        ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        Assert.That(ledger.State.Measure(1)!.Ballot.State, Is.EqualTo(BallotState.Expired));
    }

    [Test]
    public void A_settled_measure_no_longer_counts_among_the_four()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        for (int round = 0; round < MeasureLimits.MeasuresMax; round++)
        {
            ledger.Decide(Calls.Suspend(schools[0]), schools[1..]);
            ledger.Decide(Calls.Reinstate(schools[0]), schools[1..]);
        }

        Assert.That(ledger.State.MeasureCount(), Is.EqualTo(2 * MeasureLimits.MeasuresMax));
    }

    [Test]
    public void What_no_longer_applies_is_approved_without_effect()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        ledger.Accept(schools[2], Calls.VoteOn(1));
        ledger.Decide(Calls.Suspend(schools[0]), schools[1..]);
        OperationResult late = ledger.Accept(schools[3], Calls.VoteOn(1));
        Assert.That(late.Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(late.WithoutEffect, Is.EqualTo(ResultCode.NotAMember));
        Assert.That(ledger.State.Measure(1)!.WithoutEffect, Is.EqualTo(ResultCode.NotAMember));
        Assert.That(KindsOf(ledger), Is.EqualTo(new[]
        {
            ContractEventKind.MeasureVoted, ContractEventKind.MeasureWithoutEffect,
        }));
    }

    [Test]
    public void The_suspended_counts_and_cannot_vote_but_may_ask_for_its_own_closing()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Expect(ResultCode.AccusedCannotVote, schools[0], Calls.Suspend(schools[0]));
        ledger.Accept(schools[1], Calls.Suspend(schools[0]));
        ledger.Expect(ResultCode.AccusedCannotVote, schools[0], Calls.VoteOn(1, approve: false));
        Assert.That(
            ledger.Accept(schools[2], Calls.VoteOn(1, approve: false)).Ballot, Is.EqualTo(BallotState.Rejected));
        ledger.Decide(Calls.Close(schools[0]), schools[..3]);
        Assert.That(ledger.State.Institution(schools[0].Address)!.Status, Is.EqualTo(InstitutionStatus.Closed));
    }

    [Test]
    public void A_measure_of_wrong_form_is_refused_with_its_transaction()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        Operation shortened = Calls.Close(schools[0]);
        shortened.MeasurePropose.Measure.Close.Institution = ByteString.CopyFrom(new byte[31]);
        Operation[] wrong =
        [
            new() { MeasurePropose = new MeasurePropose() },
            Calls.Propose(new Measure()),
            Calls.Propose(new Measure { Suspend = new SuspendInstitution() }),
            Calls.Propose(new Measure { Reinstate = new ReinstateInstitution() }),
            shortened,
            Calls.VoteOn(0),
        ];
        foreach (Operation operation in wrong)
        {
            TransactionBody body = TestTransaction.Body(1, ledger.TimeMs, [schools[0]], [operation]);
            Assert.That(
                TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
        }
    }

    private static ContractEventKind[] KindsOf(TestLedger ledger) =>
        [.. ledger.Last!.Events.Select(static one => one.Kind)];

    private static (TestLedger Ledger, TestParty[] Schools) Of(int count)
    {
        TestParty[] schools = [.. Enumerable.Range(1, count).Select(number => new TestParty($"school{number}"))];
        return (new TestLedger(schools), schools);
    }
}
