using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>How the members end an institution's right to transact.</summary>
[TestFixture]
public sealed class RevocationTests
{
    private readonly TestParty outsider = new("outsider");

    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(10)]
    [TestCase(16)]
    public void Q_members_revoke_one_at_any_number_of_members(int count)
    {
        (TestLedger ledger, TestParty[] schools) = Of(count);
        TestParty accused = schools[0];
        int quorum = Quorum.Size(count);
        OperationResult result = ledger.Accept(schools[1], Seats.Accuse(accused));
        for (int voter = 2; voter <= quorum; voter++)
        {
            Assert.That(result.Ballot, Is.EqualTo(BallotState.Open));
            result = ledger.Accept(schools[voter], Seats.Revoke(accused));
        }

        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(ledger.State.Institution(accused.Address)!.Status, Is.EqualTo(InstitutionStatus.Revoked));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(count - 1));
        Assert.That(ledger.State.Roll().Seats, Has.Count.EqualTo(count), "The seat stays until a swap.");
        Membership membership = ledger.State.Instances(
            StateKeys.Memberships(accused.Address), Membership.Parser).Single();
        Assert.That(membership.Interval.ToHeight, Is.EqualTo(ledger.Height));
    }

    [Test]
    public void It_works_at_once_in_the_same_block_and_after()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(schools[1], Seats.Accuse(schools[0]));
        ledger.Accept(schools[2], Seats.Revoke(schools[0]));
        ParsedTransaction before = ledger.Transaction([schools[0]], [Calls.Settle()]);
        ParsedTransaction last = ledger.Transaction([schools[3]], [Seats.Revoke(schools[0])]);
        ParsedTransaction after = ledger.Transaction([schools[0]], [Calls.Settle()], [Calls.TlsBinding(7)]);
        ParsedTransaction together = ledger.Transaction([schools[1], schools[0]], [Calls.Settle()]);
        BlockResult block = ledger.Block(before, last, after, together);
        Assert.That(CodesOf(block), Is.EqualTo(new[]
        {
            ResultCode.Accepted, ResultCode.Accepted, ResultCode.SignerRevoked, ResultCode.SignerRevoked,
            ResultCode.SignerRevoked,
        }));
        ParsedTransaction next = ledger.Transaction([schools[0]], [Calls.Settle()]);
        Assert.That(
            TransactionRules.Check(next, ledger.State, ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs),
            Is.EqualTo(TransactionRefusal.UnknownSigner));
    }

    [Test]
    public void The_accused_counts_and_cannot_vote()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Expect(ResultCode.AccusedCannotVote, schools[0], Seats.Accuse(schools[0]));
        ledger.Accept(schools[1], Seats.Accuse(schools[0]));
        ledger.Expect(ResultCode.AccusedCannotVote, schools[0], Seats.Revoke(schools[0], approve: false));
        ledger.Accept(schools[2], Seats.Revoke(schools[0]));

        // Two of four approve: q is 3 with the accused counted, so one refusal ends it.
        OperationResult lost = ledger.Accept(schools[3], Seats.Revoke(schools[0], approve: false));
        Assert.That(lost.Ballot, Is.EqualTo(BallotState.Rejected));
        Assert.That(ledger.Accept(schools[0], Calls.TlsBinding(1)).Number, Is.EqualTo(1));
    }

    [Test]
    public void Of_two_members_none_can_revoke_the_other()
    {
        (TestLedger ledger, TestParty[] schools) = Of(2);
        Assert.That(
            ledger.Accept(schools[1], Seats.Accuse(schools[0])).Ballot, Is.EqualTo(BallotState.Rejected));
    }

    [Test]
    public void One_ballot_at_a_time_for_thirty_days()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(schools[1], Seats.Accuse(schools[0]));
        ledger.Expect(ResultCode.BallotIsOpen, schools[2], Seats.Accuse(schools[0]));
        ledger.TimeMs += SeatLimits.BallotMs;
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Seats.Revoke(schools[0]));
        Assert.That(ledger.Accept(schools[2], Seats.Accuse(schools[0])).Number, Is.EqualTo(2));
        Assert.That(ledger.State.Ballot(schools[0].Address, 1)!.State, Is.EqualTo(BallotState.Expired));
        ledger.Expect(ResultCode.NoOpenBallot, schools[1], Seats.Revoke(schools[0], ballot: 1));
        ledger.Accept(schools[1], Seats.Revoke(schools[0], ballot: 2));
    }

    [Test]
    public void Admission_and_revocation_are_not_mixed_up()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.Accept(schools[1], Seats.Accuse(schools[0]));
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Calls.Vote(schools[0], true));
        ledger.Accept(outsider, Calls.Register(outsider));
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Seats.Revoke(outsider));
        ledger.Expect(ResultCode.NotAMember, schools[2], Seats.Accuse(outsider));
        ledger.Expect(ResultCode.NotRegistered, schools[2], Seats.Accuse(new TestParty("nobody")));
        ledger.Expect(ResultCode.NotAMember, outsider, Seats.Accuse(schools[0]));
        ledger.Expect(ResultCode.NotAMember, outsider, Seats.Revoke(schools[0]));
    }

    [Test]
    public void Votes_of_a_revoked_member_no_longer_count_and_the_rest_may_decide()
    {
        (TestLedger ledger, TestParty[] schools) = Of(5);
        ulong proposal = ledger.Accept(schools[1], Seats.Propose(Seats.Remove(schools[0]))).Number;
        ledger.Accept(schools[2], Seats.Vote(proposal));
        ledger.Accept(schools[3], Seats.Vote(proposal));
        ledger.Expect(ResultCode.AlreadyVoted, schools[1], Seats.Vote(proposal));
        Revoke(ledger, schools, schools[0]);

        // Three of four are q; nobody has a vote left but the last, and those who approved say so again.
        Assert.That(ledger.Accept(schools[1], Seats.Vote(proposal)).Ballot, Is.EqualTo(BallotState.Approved));
    }

    [Test]
    public void A_revoked_seat_is_swapped_in_one_step()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        ledger.AddMember(outsider, InstitutionKind.LearningProvider, schools[..3]);
        Revoke(ledger, schools, schools[3], outsider);
        ulong swap = Seats.Approve(
            ledger, outsider, schools[..3], [], Seats.Replace(ledger, schools[3], outsider));
        ledger.Accept(schools[0], Seats.Activate(ledger, swap));
        Assert.That(ledger.Last!.NextValidators.Select(seat => seat.Address),
            Is.EquivalentTo(schools[..3].Append(outsider).Select(school => school.Address)));
    }

    [Test]
    public void A_revoked_institution_comes_back_only_as_another_with_its_domain()
    {
        (TestLedger ledger, TestParty[] schools) = Of(4);
        Revoke(ledger, schools, schools[3]);
        OperationResult again = ledger.Do(schools[3], Calls.Register(schools[3]));
        Assert.That(again.Code, Is.EqualTo(ResultCode.SignerRevoked));
        Operation call = Calls.Register(schools[3]);
        call.RegisterInstitution.Name = "school 4 with a new key";
        ledger.Accept(outsider, call);
    }

    private static void Revoke(TestLedger ledger, TestParty[] schools, TestParty accused, params TestParty[] others)
    {
        TestParty[] voters = [.. schools.Concat(others).Where(school => school != accused)];
        OperationResult result = ledger.Accept(voters[0], Seats.Accuse(accused));
        foreach (TestParty voter in voters[1..])
        {
            result = result.Ballot == BallotState.Open
                ? ledger.Accept(voter, Seats.Revoke(accused))
                : result;
        }

        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
    }

    private static ResultCode[] CodesOf(BlockResult block) =>
        [.. block.Receipts.Select(one => OperationResult.Parser.ParseFrom(one.Result.Span).Code)];

    private static (TestLedger Ledger, TestParty[] Schools) Of(int count)
    {
        TestParty[] schools = [.. Enumerable.Range(1, count).Select(number => new TestParty($"school{number}"))];
        return (new TestLedger(schools), schools);
    }
}
