using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>How changes of seats are proposed and voted on.</summary>
[TestFixture]
public sealed class SeatTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty fifth = new("fifth");
    private readonly TestParty outsider = new("outsider");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddMember(fifth, InstitutionKind.LearningProvider, schools[0], schools[1], schools[2]);
    }

    [Test]
    public void A_change_is_approved_by_q_members_and_changes_nothing_yet()
    {
        // Five members: q is 4, the proposer's approval among them.
        OperationResult proposed = ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        Assert.That((proposed.Number, proposed.Ballot), Is.EqualTo((1UL, BallotState.Open)));
        Assert.That(ledger.Accept(schools[0], Seats.Vote(1)).Ballot, Is.EqualTo(BallotState.Open));
        Assert.That(ledger.Accept(schools[1], Seats.Vote(1)).Ballot, Is.EqualTo(BallotState.Open));
        Assert.That(ledger.Accept(schools[2], Seats.Vote(1)).Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(ledger.Last!.Events.Select(one => one.Kind),
            Is.EqualTo(new[] { ContractEventKind.SeatsVoted, ContractEventKind.SeatsApproved }));
        Assert.That(ledger.Last.NextValidators, Has.Count.EqualTo(4));
        ledger.Expect(ResultCode.NoOpenBallot, schools[3], Seats.Vote(1));
    }

    [Test]
    public void A_lost_ballot_closes()
    {
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        ledger.Accept(schools[0], Seats.Vote(1, approve: false));
        Assert.That(
            ledger.Accept(schools[1], Seats.Vote(1, approve: false)).Ballot, Is.EqualTo(BallotState.Rejected));
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Seats.Vote(1));
        ledger.Expect(ResultCode.NotApproved, fifth, Seats.Activate(ledger, 1));
    }

    [Test]
    public void A_member_votes_once()
    {
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        ledger.Expect(ResultCode.AlreadyVoted, fifth, Seats.Vote(1));
        ledger.Accept(schools[0], Seats.Vote(1));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Seats.Vote(1, approve: false));
        ledger.Expect(ResultCode.NoProposal, schools[1], Seats.Vote(2));
    }

    [Test]
    public void A_ballot_ends_after_thirty_days_of_block_time()
    {
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        ledger.TimeMs += SeatLimits.BallotMs - TestLedger.BlockMs - 1;
        Assert.That(ledger.Probe(schools[0], Seats.Vote(1)).Code, Is.EqualTo(ResultCode.Accepted));
        ledger.TimeMs++;
        ledger.Expect(ResultCode.NoOpenBallot, schools[0], Seats.Vote(1));
        ledger.Expect(ResultCode.ProposalExpired, fifth, Seats.Activate(ledger, 1));
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        Assert.That(ledger.State.SeatProposal(1)!.Ballot.State, Is.EqualTo(BallotState.Expired));
    }

    [Test]
    public void An_approved_change_can_be_activated_for_thirty_days()
    {
        ulong number = Seats.Approve(ledger, fifth, schools, [], Seats.Add(ledger, fifth));
        ledger.TimeMs += SeatLimits.ActivationMs - TestLedger.BlockMs - 1;
        Operation activate = Seats.Activate(ledger, number);
        Assert.That(ledger.Probe(fifth, activate).Code, Is.EqualTo(ResultCode.Accepted));
        ledger.TimeMs++;
        ledger.Expect(ResultCode.ProposalExpired, fifth, activate);
    }

    [Test]
    public void One_member_cannot_fill_the_ledger_with_proposals()
    {
        for (int number = 0; number < SeatLimits.ProposalsMax; number++)
        {
            ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        }

        ledger.Expect(ResultCode.TooManyProposals, fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        ledger.Accept(schools[0], Seats.Propose(Seats.Remove(schools[1])));
        ledger.Accept(schools[0], Seats.Vote(1, approve: false));
        ledger.Accept(schools[1], Seats.Vote(1, approve: false));
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
    }

    [Test]
    public void Who_is_to_get_a_seat_or_a_key_signs()
    {
        SeatChange add = Seats.Add(ledger, fifth);
        ledger.Expect(ResultCode.MissingSignature, schools[0], Seats.Propose(add));
        ledger.Accept(schools[0], Seats.Propose(add), fifth);
        SeatChange rotation = Seats.Rotation(ledger, schools[1], schools[1].VoteKey, outsider.VoteKey);
        ledger.Expect(ResultCode.MissingSignature, schools[0], Seats.Propose(rotation));
        ledger.Accept(schools[0], Seats.Propose(rotation), schools[1]);
        SeatChange replace = Seats.Replace(ledger, schools[3], fifth);
        ledger.Expect(ResultCode.MissingSignature, schools[0], Seats.Propose(replace), schools[3]);
        ledger.Accept(schools[0], Seats.Propose(replace), fifth);
    }

    [Test]
    public void A_change_that_makes_no_set_is_refused()
    {
        ledger.Expect(ResultCode.SeatTaken, schools[0], Seats.Propose(Seats.Add(ledger, schools[0])));
        ledger.Expect(ResultCode.NoSeat, schools[0], Seats.Propose(Seats.Remove(fifth)));
        ledger.Expect(ResultCode.NoSeat, fifth, Seats.Propose(Seats.Replace(ledger, outsider, fifth)));
        ledger.Expect(ResultCode.SeatTaken, schools[0],
            Seats.Propose(Seats.Replace(ledger, schools[1], schools[0])));
        ledger.Expect(ResultCode.SetEmpty, schools[0], Seats.Propose([.. schools.Select(Seats.Remove)]));
        ledger.Expect(ResultCode.NotAMember, schools[0], Seats.Propose(Seats.Add(ledger, outsider)), outsider);
        ledger.Expect(ResultCode.NoSeat, fifth, Seats.Rotate(ledger, fifth, fifth.VoteKey, outsider.VoteKey));
        ledger.Expect(ResultCode.VoteKeyDiffers, schools[0],
            Seats.Rotate(ledger, schools[0], schools[1].VoteKey, outsider.VoteKey));
        ledger.Expect(ResultCode.VoteKeyUsed, schools[0],
            Seats.Rotate(ledger, schools[0], schools[0].VoteKey, schools[0].VoteKey));
    }

    [Test]
    public void An_organisation_gets_no_seat()
    {
        ledger.AddMember(outsider, InstitutionKind.Organisation, schools);
        ledger.Expect(ResultCode.NotAMember, schools[0], Seats.Propose(Seats.Add(ledger, outsider)), outsider);
        ledger.Expect(ResultCode.NotAMember, outsider, Seats.Propose(Seats.Remove(schools[0])));
        ledger.Accept(schools[0], Seats.Propose(Seats.Remove(schools[1])));
        ledger.Expect(ResultCode.NotAMember, outsider, Seats.Vote(1));
    }

    [Test]
    public void Seventeen_seats_are_too_many()
    {
        TestParty[] founders = [.. Enumerable.Range(1, 17).Select(number => new TestParty($"founder{number}"))];
        ledger = new TestLedger(founders);
        TestParty last = founders[16];
        Assert.That(ledger.State.Roll().Seats, Has.Count.EqualTo(16));
        ledger.Expect(ResultCode.SetTooLarge, last, Seats.Propose(Seats.Add(ledger, last)));
        ledger.Accept(last, Seats.Propose(Seats.Add(ledger, last), Seats.Remove(founders[0])));
        ledger.Accept(last, Seats.Propose(Seats.Replace(ledger, founders[0], last)));
    }

    [TestCase("0100000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000080")]
    [TestCase("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [TestCase("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_weak_key_gets_no_seat(string hex)
    {
        PublicKeyBytes weak = new(Convert.FromHexString(hex));
        ledger.Expect(ResultCode.VoteKeyUnusable, fifth, Seats.Propose(Seats.Add(ledger, fifth, weak)));
        ledger.Expect(ResultCode.VoteKeyUnusable, schools[0],
            Seats.Rotate(ledger, schools[0], schools[0].VoteKey, weak));
        Assert.That(
            () => GenesisState.Build(Google.Protobuf.MessageExtensions.ToByteArray(FoundedWith(weak))),
            Throws.InstanceOf<GenesisFormatException>());
    }

    [Test]
    public void An_identity_key_is_no_vote_key()
    {
        foreach (TestParty owner in new[] { fifth, schools[1] })
        {
            ledger.Expect(ResultCode.VoteKeyUnusable, fifth, Seats.Propose(Seats.Add(ledger, fifth, owner.Key)));
        }
    }

    [Test]
    public void A_vote_key_of_another_institution_is_refused()
    {
        ledger.Expect(ResultCode.VoteKeyUsed, fifth, Seats.Propose(Seats.Add(ledger, fifth, schools[0].VoteKey)));
        ledger.Expect(ResultCode.VoteKeyUsed, schools[1],
            Seats.Rotate(ledger, schools[1], schools[1].VoteKey, schools[0].VoteKey));

        // Not even when its seat ends in the same list.
        ledger.Expect(ResultCode.VoteKeyUsed, fifth,
            Seats.Propose(Seats.Remove(schools[0]), Seats.Add(ledger, fifth, schools[0].VoteKey)));
    }

    [Test]
    public void A_rotation_of_ones_own_key_needs_no_ballot()
    {
        OperationResult rotation = ledger.Accept(
            schools[0], Seats.Rotate(ledger, schools[0], schools[0].VoteKey, outsider.VoteKey));
        Assert.That(rotation.Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(ledger.Last!.NextValidators, Is.EqualTo(ValidatorSeat.Of(ledger.State)));
        ledger.Expect(ResultCode.NoOpenBallot, schools[1], Seats.Vote(rotation.Number, approve: false));
    }

    [Test]
    public void The_state_of_a_chain_without_proposals_holds_no_sets()
    {
        Assert.That(ledger.State.OpenNumber(StateKeys.ValidatorSets), Is.Zero);
        Assert.That(ledger.State.Epoch(), Is.Zero);
        ledger.Accept(fifth, Seats.Propose(Seats.Add(ledger, fifth)));
        ValidatorSetInstance first = ledger.State.ValidatorSet(0)!;
        Assert.That(first.Seats, Is.EqualTo(ledger.State.Roll().Seats));
        Assert.That((first.Epoch, first.Interval.FromHeight, first.Interval.ToHeight), Is.EqualTo((0UL, 0UL, 0UL)));
    }

    private static Genesis FoundedWith(PublicKeyBytes voteKey)
    {
        Genesis genesis = TestLedger.GenesisOf(new TestParty("founder"));
        genesis.Founders[0].VoteKey = Google.Protobuf.ByteString.CopyFrom(voteKey.ToArray());
        return genesis;
    }
}
