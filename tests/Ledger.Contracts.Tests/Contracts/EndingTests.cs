using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>
/// A grant that has ended says why, by whom and when; and for every height before, that it held then.
/// </summary>
[TestFixture]
public sealed class EndingTests
{
    private const AccessBits Reading = AccessBits.Read | AccessBits.GrantRead;
    private readonly TestParty school = new("school");
    private readonly TestParty[] others = [.. Enumerable.Range(0, 3).Select(number => new TestParty($"other{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger([school, .. others]);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void A_revoked_grant_shows_reason_actor_and_time_and_that_it_held_at_each_height_before()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read));
        (ulong granted, long grantedMs) = (ledger.Height, ledger.TimeMs);
        ledger.Accept(others[1], Calls.Settle());
        ledger.Accept(learner, Calls.Revoke(learner, 1));

        GrantInstance grant = Grant(1);
        Ends(grant, EndCause.Revoked, learner.Address, ledger.TimeMs, withGrant: 0);
        Assert.That(InstanceValidity.At(grant.Interval, granted - 1, grantedMs), Is.EqualTo(Validity.NotYet));
        Assert.That(InstanceValidity.At(grant.Interval, granted, grantedMs), Is.EqualTo(Validity.Valid));
        Assert.That(InstanceValidity.At(grant.Interval, granted + 1, grantedMs), Is.EqualTo(Validity.Valid));
        Assert.That(InstanceValidity.At(grant.Interval, granted + 2, grantedMs), Is.EqualTo(Validity.Ended));
    }

    [Test]
    public void What_was_under_a_revoked_grant_names_the_grant_with_which_it_ended()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], Reading, parent: 1));
        ledger.Accept(others[1], Calls.Grant(learner, others[2], AccessBits.Read, parent: 2));
        ledger.Accept(learner, Calls.Revoke(learner, 1));

        Ends(Grant(1), EndCause.Revoked, learner.Address, ledger.TimeMs, withGrant: 0);
        Ends(Grant(2), EndCause.Revoked, learner.Address, ledger.TimeMs, withGrant: 1);
        Ends(Grant(3), EndCause.Revoked, learner.Address, ledger.TimeMs, withGrant: 2);
    }

    [Test]
    public void A_renounced_grant_names_its_grantee()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read));
        ledger.Accept(others[0], Calls.Renounce(learner, 1));

        Ends(Grant(1), EndCause.Renounced, others[0].Address, ledger.TimeMs, withGrant: 0);
    }

    [Test]
    public void A_grant_that_time_ended_names_nobody_and_holds_no_more_from_its_end_on()
    {
        long end = ledger.TimeMs + (3 * TestLedger.BlockMs);
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read, end: end));
        ulong granted = ledger.Height;
        GrantInstance open = Grant(1);
        Assert.That(open.Ending, Is.Null);
        Assert.That(InstanceValidity.At(open.Interval, granted, end - 1), Is.EqualTo(Validity.Valid));
        Assert.That(
            InstanceValidity.At(open.Interval, granted, end), Is.EqualTo(Validity.Ended), "though none closed it");
        ledger.TimeMs = end;
        ledger.Accept(school, Calls.Settle());

        Ends(Grant(1), EndCause.Expired, null, ledger.TimeMs, withGrant: 0);
    }

    [Test]
    public void The_grants_of_a_former_institution_end_with_its_right()
    {
        ledger.Accept(school, Calls.Grant(learner, others[0], AccessBits.Read));
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        ledger.Enrol(learner, others[1]);
        ledger.Write(others[1], learner, 2);
        ledger.Accept(learner, Calls.RevokeDefault(learner, school));

        Ends(Grant(1), EndCause.Revoked, learner.Address, ledger.TimeMs, withGrant: 0);
    }

    private static void Ends(GrantInstance grant, EndCause cause, Address? actor, long timeMs, ulong withGrant)
    {
        Assert.That(grant.Ending.Cause, Is.EqualTo(cause));
        Assert.That(grant.Ending.Actor, Is.EqualTo(actor?.ToField() ?? Google.Protobuf.ByteString.Empty));
        Assert.That(grant.Ending.TimeUnixMs, Is.EqualTo(timeMs));
        Assert.That(grant.Ending.WithGrant, Is.EqualTo(withGrant));
    }

    private GrantInstance Grant(ulong number) => ledger.State.Grant(new LlpcName(learner.Address, Calls.Verb), number)!;
}
