using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

[TestFixture]
public sealed class RegistrarTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty candidate = new("candidate");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin() => ledger = new TestLedger(schools);

    [Test]
    public void A_candidate_is_pending_until_q_members_have_approved()
    {
        OperationResult registered = ledger.Accept(candidate, Calls.Register(candidate));
        Assert.That(registered.Number, Is.EqualTo(1));
        Assert.That(Status(), Is.EqualTo(InstitutionStatus.Pending));
        Assert.That(ledger.Accept(schools[0], Calls.Vote(candidate, true)).Ballot, Is.EqualTo(BallotState.Open));
        Assert.That(ledger.Accept(schools[1], Calls.Vote(candidate, true)).Ballot, Is.EqualTo(BallotState.Open));
        Assert.That(Status(), Is.EqualTo(InstitutionStatus.Pending));
        OperationResult last = ledger.Accept(schools[2], Calls.Vote(candidate, true));
        Assert.That(last.Ballot, Is.EqualTo(BallotState.Approved));
        Assert.That(Status(), Is.EqualTo(InstitutionStatus.Member));
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(5));
        Assert.That(ledger.State.Roll().Seats, Has.Count.EqualTo(4));
        Membership membership = ledger.State.OpenInstance(
            StateKeys.Memberships(candidate.Address), Membership.Parser)!;
        Assert.That(membership.Interval.FromHeight, Is.EqualTo(ledger.Height));
    }

    [Test]
    public void The_roll_of_members_stays_in_ascending_order()
    {
        for (int number = 0; number < 6; number++)
        {
            // With n members q votes decide, and founders alone are enough up to here.
            TestParty next = new($"joiner{number}");
            ledger.Accept(next, Calls.Register(next));
            foreach (TestParty voter in schools)
            {
                ledger.Do(voter, Calls.Vote(next, true));
            }
        }

        string[] members = [.. ledger.State.Roll().Members.Select(member => Convert.ToHexString(member.Span))];
        Assert.That(members, Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal));
        Assert.That(members, Has.Length.GreaterThan(4));
    }

    [Test]
    public void A_candidate_is_rejected_once_q_approvals_cannot_come_together()
    {
        ledger.Accept(candidate, Calls.Register(candidate));
        Assert.That(ledger.Accept(schools[0], Calls.Vote(candidate, false)).Ballot, Is.EqualTo(BallotState.Open));
        Assert.That(ledger.Accept(schools[1], Calls.Vote(candidate, false)).Ballot, Is.EqualTo(BallotState.Rejected));
        Assert.That(Status(), Is.EqualTo(InstitutionStatus.Rejected));
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Calls.Vote(candidate, true));
    }

    [Test]
    public void A_rejected_candidate_may_ask_again_and_its_domain_is_free_meanwhile()
    {
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Accept(schools[0], Calls.Vote(candidate, false));
        ledger.Accept(schools[1], Calls.Vote(candidate, false));
        Assert.That(ledger.State.DomainOwner(candidate.Domain), Is.Null);
        Assert.That(ledger.Accept(candidate, Calls.Register(candidate)).Number, Is.EqualTo(2));
        ledger.Expect(ResultCode.NoOpenBallot, schools[2], Calls.Vote(candidate, true, 1));
        ledger.Accept(schools[2], Calls.Vote(candidate, true, 2));
    }

    [Test]
    public void Registering_is_refused_for_what_is_registered()
    {
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.AlreadyRegistered, candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.AlreadyRegistered, schools[0], Calls.Register(schools[0]));
        ledger.AddLearner(learner);
        ledger.Expect(ResultCode.AlreadyRegistered, learner, Calls.Register(learner));
        ledger.Expect(ResultCode.AlreadyRegistered, schools[0], Calls.UicCreate());
    }

    [Test]
    public void Domains_are_unique()
    {
        ledger.Accept(candidate, Calls.Register(candidate));
        TestParty other = new("other");
        ledger.Expect(ResultCode.DomainTaken, other, Calls.Register(candidate));
        ledger.Expect(ResultCode.DomainTaken, other, Calls.Register(schools[1]));
    }

    [Test]
    public void Votes_are_members_own_and_count_once()
    {
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Vote(candidate, true));
        ledger.Accept(schools[0], Calls.Vote(candidate, true));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Calls.Vote(candidate, true));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Calls.Vote(candidate, false));
        ledger.Expect(ResultCode.NotRegistered, schools[0], Calls.Vote(learner, true));
        ledger.Expect(ResultCode.NoOpenBallot, schools[0], Calls.Vote(candidate, true, 2));
        Assert.That(Status(), Is.EqualTo(InstitutionStatus.Pending));
    }

    [Test]
    public void An_organisation_has_no_vote()
    {
        ledger.AddMember(candidate, InstitutionKind.Organisation, schools[0], schools[1], schools[2]);
        Assert.That(ledger.State.Roll().Members, Has.Count.EqualTo(4));
        TestParty other = new("other");
        ledger.Accept(other, Calls.Register(other));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Vote(other, true));
        ledger.AddLearner(learner);
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Enrol(learner, candidate), learner);
    }

    [Test]
    public void Endpoints_keys_and_bindings_are_instances()
    {
        Assert.That(ledger.Accept(schools[0], Calls.Endpoint("https://a.org")).Number, Is.EqualTo(1));
        Assert.That(ledger.Accept(schools[0], Calls.Endpoint("https://b.org")).Number, Is.EqualTo(2));
        Assert.That(ledger.Accept(schools[0], Calls.Endpoint("https://c.org", EndpointKind.Box)).Number, Is.EqualTo(1));
        Assert.That(ledger.State.Endpoint(schools[0].Address, EndpointKind.Api), Is.EqualTo("https://b.org"));
        IReadOnlyList<EndpointInstance> all = ledger.State.Instances(
            StateKeys.Endpoints(schools[0].Address, EndpointKind.Api), EndpointInstance.Parser);
        Assert.That(all.Select(one => (one.Interval.FromHeight, one.Interval.ToHeight)),
            Is.EqualTo(new[] { (1UL, 2UL), (2UL, 0UL) }));

        ledger.Accept(schools[0], Calls.EncryptionKey(candidate));
        Assert.That(ledger.State.CurrentEncryptionKey(schools[0].Address), Is.EqualTo(candidate.Key));
        ledger.AddLearner(learner);
        ledger.Accept(learner, Calls.EncryptionKey(candidate));
        ledger.Accept(learner, Calls.EncryptionKey(learner));
        Assert.That(ledger.State.CurrentEncryptionKey(learner.Address), Is.EqualTo(learner.Key));

        ledger.Accept(schools[0], Calls.TlsBinding(3));
        ledger.Expect(ResultCode.BindingNotNewer, schools[0], Calls.TlsBinding(3));
        ledger.Expect(ResultCode.BindingNotNewer, schools[0], Calls.TlsBinding(2));
        ledger.Accept(schools[0], Calls.TlsBinding(9));
        Assert.That(ledger.State.Institution(schools[0].Address)!.TlsBindingMinimum, Is.EqualTo(9));
    }

    [Test]
    public void Publishing_takes_membership()
    {
        foreach (Operation call in Publications())
        {
            ledger.Expect(ResultCode.NotRegistered, candidate, call);
        }

        ledger.Accept(candidate, Calls.Register(candidate));
        foreach (Operation call in Publications())
        {
            ledger.Expect(ResultCode.NotAMember, candidate, call);
        }
    }

    [Test]
    public void An_enrolment_is_signed_by_both_and_ended_by_either()
    {
        ledger.AddLearner(learner);
        ledger.Expect(ResultCode.MissingSignature, schools[0], Calls.Enrol(learner, schools[0]));
        ledger.Expect(ResultCode.MissingSignature, learner, Calls.Enrol(learner, schools[0]), schools[1]);
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.Enrol(learner, schools[0]), learner, schools[0]);
        Assert.That(ledger.Accept(learner, Calls.Enrol(learner, schools[0]), schools[0]).Number, Is.EqualTo(1));
        ledger.Expect(ResultCode.AlreadyEnrolled, schools[0], Calls.Enrol(learner, schools[0]), learner);
        Assert.That(ledger.State.Learner(learner.Address)!.OpenEnrolments, Is.EqualTo(1));

        ledger.Expect(ResultCode.NoRight, schools[1], Calls.EndEnrolment(learner, schools[0]));
        ledger.Accept(learner, Calls.EndEnrolment(learner, schools[0]));
        ledger.Expect(ResultCode.NotEnrolled, learner, Calls.EndEnrolment(learner, schools[0]));
        Assert.That(ledger.Accept(schools[0], Calls.Enrol(learner, schools[0]), learner).Number, Is.EqualTo(2));
        ledger.Accept(schools[0], Calls.EndEnrolment(learner, schools[0]));
        Assert.That(ledger.State.Learner(learner.Address)!.OpenEnrolments, Is.Zero);
        IReadOnlyList<Enrolment> all = ledger.State.Instances(
            StateKeys.Enrolments(learner.Address, schools[0].Address), Enrolment.Parser);
        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(all, Has.All.Matches<Enrolment>(one => one!.Interval.ToHeight > one.Interval.FromHeight));
    }

    [Test]
    public void Enrolment_takes_a_learner_and_a_member()
    {
        ledger.Expect(ResultCode.NotALearner, schools[0], Calls.Enrol(learner, schools[0]), learner);
        ledger.AddLearner(learner);
        ledger.Expect(ResultCode.NotRegistered, candidate, Calls.Enrol(learner, candidate), learner);
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Enrol(learner, candidate), learner);
    }

    private Operation[] Publications() =>
        [Calls.Endpoint("https://a.org"), Calls.EncryptionKey(learner), Calls.TlsBinding(1)];

    private InstitutionStatus Status() => ledger.State.Institution(candidate.Address)!.Status;
}
