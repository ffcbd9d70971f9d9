using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Institutions that are suspended, come back, leave, or are closed.</summary>
[TestFixture]
public sealed class StandingTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private readonly TestParty member = new("member");
    private readonly TestParty vendor = new("vendor");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddMember(member, InstitutionKind.LearningProvider, schools[..3]);
        ledger.AddMember(vendor, InstitutionKind.Organisation, schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, member);
    }

    [Test]
    public void Who_is_suspended_is_out_of_the_roll_and_comes_back_into_it()
    {
        ledger.Decide(Calls.Suspend(member), schools);
        Assert.That(Status(member), Is.EqualTo(InstitutionStatus.Suspended));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(4));
        Assert.That(MembershipsOf(member).Single().Interval.ToHeight, Is.EqualTo(ledger.Height));
        OperationResult back = ledger.Decide(Calls.Reinstate(member), schools);
        Assert.That(back.WithoutEffect, Is.EqualTo(ResultCode.Unspecified));
        Assert.That(Status(member), Is.EqualTo(InstitutionStatus.Member));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(5));
        Assert.That(MembershipsOf(member), Has.Count.EqualTo(2));
        Assert.That(MembershipsOf(member)[1].Interval.ToHeight, Is.Zero);
        ledger.Write(member, learner, 1);
    }

    [Test]
    public void An_organisation_comes_back_without_a_vote()
    {
        ledger.Decide(Calls.Suspend(vendor), schools);
        ledger.Decide(Calls.Reinstate(vendor), schools);
        Assert.That(Status(vendor), Is.EqualTo(InstitutionStatus.Member));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(5));
    }

    [Test]
    public void A_seat_stays_with_who_is_suspended_until_a_change_of_seats_takes_it()
    {
        ledger.Decide(Calls.Suspend(schools[0]), [.. schools[1..], member]);
        Assert.That(ledger.State.Roll().Seats, Has.Count.EqualTo(4));
        ulong change = Seats.Approve(ledger, schools[1], schools[2..], [], Seats.Remove(schools[0]));
        Assert.That(ledger.State.SeatProposal(change)!.Ballot.State, Is.EqualTo(BallotState.Approved));
    }

    [TestCase(InstitutionStatus.Suspended, ResultCode.InstitutionSuspended)]
    [TestCase(InstitutionStatus.Left, ResultCode.InstitutionLeft)]
    [TestCase(InstitutionStatus.Closed, ResultCode.InstitutionClosed)]
    public void Only_duties_are_left(InstitutionStatus status, ResultCode code)
    {
        End(status);
        foreach (Operation barred in new[]
        {
            Calls.Register(member), Calls.Vote(vendor, true), Calls.Suspend(vendor), Calls.VoteOn(1), Calls.Leave(),
            Calls.Enrol(learner, member), Calls.UicCreate(), Calls.PicCreate(), Calls.Create(learner),
            Calls.UicInsert(learner), Calls.PicInsert(learner), Calls.Insert(learner, 9),
            Calls.Request(learner, AccessBits.Read), Calls.Grant(learner, vendor, AccessBits.Read),
            Calls.Deny(learner, 1), Calls.Revoke(learner, 1), Seats.Accuse(vendor), Seats.Revoke(vendor),
            Seats.Propose(Seats.Remove(schools[0])), Seats.Vote(1),
        })
        {
            ledger.Expect(code, member, barred);
        }

        ledger.Accept(member, Calls.Endpoint("https://member.example.org/api"));
        ledger.Accept(member, Calls.EncryptionKey(member));
        ledger.Accept(member, Calls.TlsBinding(3));
        ledger.Expect(ResultCode.NoLlpc, member, Calls.Renounce(learner, 1));
        ledger.Accept(member, Calls.EndEnrolment(learner, member));
        ledger.Accept(member, Calls.Settle());
    }

    [TestCase(InstitutionStatus.Suspended)]
    [TestCase(InstitutionStatus.Left)]
    [TestCase(InstitutionStatus.Closed)]
    public void Nobody_enrols_there_or_grants_to_it(InstitutionStatus status)
    {
        TestParty other = new("other");
        ledger.AddLearner(other);
        ledger.Write(member, learner, 1);
        End(status);
        ledger.Expect(ResultCode.NotAMember, other, Calls.Enrol(other, member), member);
        ledger.Expect(ResultCode.NotAMember, learner, Calls.Grant(learner, member, AccessBits.Read));
        Assert.That(ledger.State.HasDuties(member.Address), Is.True);
    }

    [TestCase(InstitutionStatus.Suspended)]
    [TestCase(InstitutionStatus.Left)]
    [TestCase(InstitutionStatus.Closed)]
    public void It_reads_nothing_more_at_the_boxes_of_others(InstitutionStatus status)
    {
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
        ledger.Accept(learner, Calls.Grant(learner, member, AccessBits.Read));
        LlpcName llpc = new(learner.Address, Calls.Verb);
        EffectiveRights Rights() => AccessRights.OfReader(ledger.State, llpc, member.Address, ledger.TimeMs);
        Assert.That(Rights().Bits.HasFlag(AccessBits.Read), Is.True);
        End(status);
        Assert.That(Rights(), Is.EqualTo(EffectiveRights.None));
        Assert.That(AccessRights.ReadGrants(ledger.State, llpc, member.Address, ledger.TimeMs), Is.Empty);
        if (status != InstitutionStatus.Closed)
        {
            ledger.Decide(Calls.Reinstate(member), schools);
            Assert.That(Rights().Bits.HasFlag(AccessBits.Read), Is.True);
        }
    }

    [Test]
    public void Leaving_needs_no_vote_but_a_seat_is_given_back_first()
    {
        ledger.Expect(ResultCode.HoldsSeat, schools[0], Calls.Leave());
        ledger.Expect(ResultCode.NotRegistered, new TestParty("nobody"), Calls.Leave());
        ledger.Accept(new TestParty("pending"), Calls.Register(new TestParty("pending")));
        ledger.Expect(ResultCode.NotAMember, new TestParty("pending"), Calls.Leave());
        ledger.Accept(member, Calls.Leave());
        Assert.That(Status(member), Is.EqualTo(InstitutionStatus.Left));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(4));
        ledger.Decide(Calls.Reinstate(member), schools);
        Assert.That(Status(member), Is.EqualTo(InstitutionStatus.Member));
    }

    [Test]
    public void Closed_is_for_ever_and_frees_the_domain()
    {
        ledger.Expect(ResultCode.NotSuspended, schools[0], Calls.Reinstate(member));
        ledger.Decide(Calls.Close(member), schools);
        ledger.Expect(ResultCode.NotSuspended, schools[0], Calls.Reinstate(member));
        ledger.Expect(ResultCode.NotAMember, schools[0], Calls.Suspend(member));
        ledger.Expect(ResultCode.NotAMember, schools[0], Calls.Close(member));
        Operation call = Calls.Register(new TestParty("successor"));
        call.RegisterInstitution.Domain = member.Domain;
        ledger.Accept(new TestParty("successor"), call);
    }

    [Test]
    public void Strangers_are_neither_suspended_reinstated_nor_closed()
    {
        TestParty nobody = new("nobody");
        ledger.Expect(ResultCode.NotRegistered, schools[0], Calls.Suspend(nobody));
        ledger.Expect(ResultCode.NotRegistered, schools[0], Calls.Reinstate(nobody));
        ledger.Expect(ResultCode.NotRegistered, schools[0], Calls.Close(nobody));
        ledger.Accept(nobody, Calls.Register(nobody));
        ledger.Expect(ResultCode.NotAMember, schools[0], Calls.Suspend(nobody));
        ledger.Expect(ResultCode.NotSuspended, schools[0], Calls.Reinstate(nobody));
        ledger.Expect(ResultCode.NotAMember, schools[0], Calls.Close(nobody));
    }

    [Test]
    public void The_last_voter_stays()
    {
        TestParty only = new("only");
        TestLedger small = new(only);
        small.Expect(ResultCode.NoVoterLeft, only, Calls.Close(only));
        small.Expect(ResultCode.NoVoterLeft, only, Calls.Suspend(only));
    }

    [Test]
    public void The_suspended_can_still_be_revoked()
    {
        ledger.Decide(Calls.Suspend(member), schools);
        ledger.Accept(schools[0], Seats.Accuse(member));
        ledger.Accept(schools[1], Seats.Revoke(member, ballot: 2));
        Assert.That(
            ledger.Accept(schools[2], Seats.Revoke(member, ballot: 2)).Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(Status(member), Is.EqualTo(InstitutionStatus.Revoked));
        Assert.That(ledger.State.HasDuties(member.Address), Is.False);
    }

    private void End(InstitutionStatus status)
    {
        if (status == InstitutionStatus.Left)
        {
            ledger.Accept(member, Calls.Leave());
            return;
        }

        ledger.Decide(status == InstitutionStatus.Suspended ? Calls.Suspend(member) : Calls.Close(member), schools);
    }

    private InstitutionStatus Status(TestParty who) => ledger.State.Institution(who.Address)!.Status;

    private IReadOnlyList<Membership> MembershipsOf(TestParty who) =>
        ledger.State.Instances(StateKeys.Memberships(who.Address), Membership.Parser);
}
