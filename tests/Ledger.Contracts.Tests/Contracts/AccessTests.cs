using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

[TestFixture]
public sealed class AccessTests
{
    private const AccessBits Reading = AccessBits.Read | AccessBits.GrantRead;

    private readonly TestParty school = new("school");
    private readonly TestParty[] others = [.. Enumerable.Range(0, 5).Select(number => new TestParty($"other{number}"))];
    private readonly TestParty learner = new("learner");
    private readonly TestParty guardian = new("guardian");
    private readonly TestParty stranger = new("stranger");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger([school, .. others]);
        ledger.AddLearner(learner);
        ledger.AddLearner(guardian);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void A_request_waits_until_it_is_granted()
    {
        Assert.That(ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read)).Number, Is.EqualTo(1));
        PendingRequest pending = Llpc().Pending.Single();
        Assert.That(pending.Requester.ToByteArray(), Is.EqualTo(others[0].Address.ToArray()));
        Assert.That(ledger.State.Request(Name(), 1)!.Interval.FromHeight, Is.EqualTo(ledger.Height));
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read));
        Assert.That(Llpc().Pending, Is.Empty);
        Assert.That(ledger.RightsOf(learner, others[0]).Bits, Is.EqualTo(AccessBits.Read));
    }

    [Test]
    public void Requests_are_refused_with_their_codes()
    {
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Request(learner, AccessBits.Read));
        ledger.Expect(ResultCode.NotRegistered, guardian, Calls.Request(learner, AccessBits.Read));
        ledger.Expect(ResultCode.NoLlpc, others[0], Calls.Request(guardian, AccessBits.Read));
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
        ledger.Expect(ResultCode.RequestExists, others[0], Calls.Request(learner, AccessBits.Write));
        TestParty candidate = new("candidate");
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Request(learner, AccessBits.Read));
    }

    [Test]
    public void No_more_than_64_requests_wait()
    {
        TestParty[] many = [.. Enumerable.Range(0, 65).Select(number => new TestParty($"many{number}"))];
        TestLedger large = new([school, .. many]);
        large.AddLearner(learner);
        large.Enrol(learner, school);
        large.Write(school, learner, 1);
        foreach (TestParty one in many[..64])
        {
            large.Accept(one, Calls.Request(learner, AccessBits.Read));
        }

        large.Expect(ResultCode.TooManyRequests, many[64], Calls.Request(learner, AccessBits.Read));
        large.Accept(learner, Calls.Deny(learner, 17));
        large.Accept(many[64], Calls.Request(learner, AccessBits.Read));
    }

    [Test]
    public void Requests_are_denied_by_the_learner_or_a_holder_of_the_grant_bit()
    {
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(others[1], Calls.Request(learner, AccessBits.Write));
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Deny(learner, 3));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.Deny(learner, 1));
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Deny(learner, 1));
        ledger.Accept(learner, Calls.Grant(learner, others[2], Reading));
        ledger.Expect(ResultCode.NoRight, others[2], Calls.Deny(learner, 2));
        ledger.Accept(others[2], Calls.Deny(learner, 1));
        ledger.Accept(learner, Calls.Deny(learner, 2));
        Assert.That(Llpc().Pending, Is.Empty);
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Deny(learner, 2));
    }

    [Test]
    public void Grants_are_refused_with_their_codes()
    {
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.Grant(learner, stranger, AccessBits.Read));
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Grant(learner, others[0], AccessBits.Read));
        ledger.Expect(ResultCode.NoLlpc, guardian, Calls.Grant(guardian, others[0], AccessBits.Read));
        ledger.Expect(ResultCode.Malformed, learner, Calls.Grant(learner, learner, AccessBits.Read));
        ledger.Expect(ResultCode.Malformed, school, Calls.Grant(learner, school, AccessBits.Read));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.Grant(learner, others[1], AccessBits.Read));
        ledger.Expect(ResultCode.NoGrant, others[0], Calls.Grant(learner, others[1], AccessBits.Read, 7));
        ledger.Expect(
            ResultCode.GrantExpired,
            learner,
            Calls.Grant(learner, others[0], AccessBits.Read, 0, ledger.TimeMs + 1_000));
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading, 0, ledger.TimeMs + 60_000));
        ledger.Expect(ResultCode.NoRight, others[1], Calls.Grant(learner, others[2], AccessBits.Read, 1));
        ledger.Expect(ResultCode.GrantExceedsRight, others[0], Calls.Grant(learner, others[1], AccessBits.Write, 1));
        ledger.Expect(ResultCode.GrantExceedsRight, others[0], Calls.Grant(learner, others[1], AccessBits.Read, 1));
        ledger.Expect(
            ResultCode.GrantExceedsRight,
            others[0],
            Calls.Grant(learner, others[1], AccessBits.Read, 1, ledger.TimeMs + 70_000));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], AccessBits.Read, 1, ledger.TimeMs + 30_000));
        ledger.TimeMs += 60_000;
        ledger.Accept(stranger, Calls.Settle());
        ledger.Expect(
            ResultCode.NoGrant, others[0], Calls.Grant(learner, others[1], AccessBits.Read, 1, ledger.TimeMs + 30_000));
    }

    [Test]
    public void A_right_is_passed_on_at_most_to_the_third()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], Reading, 1));
        ledger.Accept(others[1], Calls.Grant(learner, others[2], Reading, 2));
        ledger.Expect(ResultCode.GrantTooDeep, others[2], Calls.Grant(learner, others[3], Reading, 3));
        GrantInstance last = Grant(3);
        Assert.That((last.Depth, last.Parent, last.Root), Is.EqualTo((3U, 2UL, 1UL)));
    }

    [Test]
    public void At_most_64_grants_stand_under_a_root_and_256_in_all_but_revoking_always_works()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        Operation[] under =
            [.. Enumerable.Repeat(0, 64).Select(_ => Calls.Grant(learner, others[1], AccessBits.Read, 1))];
        Assert.That(ledger.Group([others[0]], under)[^1].Code, Is.EqualTo(ResultCode.Accepted));
        ledger.Expect(ResultCode.TooManyGrants, others[0], Calls.Grant(learner, others[1], AccessBits.Read, 1));

        Operation[] roots =
            [.. Enumerable.Repeat(0, 191).Select(_ => Calls.Grant(learner, others[2], AccessBits.Read))];
        Assert.That(ledger.Group([learner], roots)[^1].Code, Is.EqualTo(ResultCode.Accepted));
        Assert.That(ledger.State.LiveGrants(Name()).Grants, Has.Count.EqualTo(256));
        ledger.Expect(ResultCode.TooManyGrants, learner, Calls.Grant(learner, others[3], AccessBits.Read));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        Assert.That(ledger.State.LiveGrants(Name()).Grants, Has.Count.EqualTo(191));
        ledger.Accept(learner, Calls.Grant(learner, others[3], AccessBits.Read));
    }

    [Test]
    public void Revoking_closes_everything_under_the_grant_at_that_height_and_another_parents_grant_survives()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], Reading, 1));
        ledger.Accept(others[1], Calls.Grant(learner, others[2], AccessBits.Read, 2));
        ledger.Accept(learner, Calls.Grant(learner, others[3], Reading));
        ledger.Accept(others[3], Calls.Grant(learner, others[2], AccessBits.Read, 4));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        foreach (ulong number in new ulong[] { 1, 2, 3 })
        {
            Assert.That(Grant(number).Interval.ToHeight, Is.EqualTo(ledger.Height));
        }

        Assert.That(ledger.RightsOf(learner, others[0]), Is.EqualTo(EffectiveRights.None));
        Assert.That(ledger.RightsOf(learner, others[1]), Is.EqualTo(EffectiveRights.None));
        Assert.That(ledger.RightsOf(learner, others[2]).Bits, Is.EqualTo(AccessBits.Read));
        Assert.That(Grant(5).Interval.ToHeight, Is.Zero);
        Assert.That(EntryOf(others[1]), Is.Zero);
        Assert.That(EntryOf(others[2]), Is.EqualTo(1), "Another grant supports the entry.");
        Assert.That(
            ledger.Last!.Events.Where(one => one.Kind == ContractEventKind.AccessRevoked).Select(one => one.Number),
            Is.EqualTo(new ulong[] { 1, 2, 3 }));
    }

    [Test]
    public void Revoking_is_the_learners_and_the_grantors()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], Reading, 1));
        ledger.Accept(others[1], Calls.Grant(learner, others[2], AccessBits.Read, 2));
        ledger.Expect(ResultCode.NoRight, school, Calls.Revoke(learner, 1));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.Revoke(learner, 1));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.Revoke(learner, 3));
        ledger.Expect(ResultCode.NoGrant, learner, Calls.Revoke(learner, 9));
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Revoke(learner, 1));
        ledger.Accept(learner, Calls.Revoke(learner, 3));
        ledger.Accept(others[0], Calls.Revoke(learner, 2));
        ledger.Expect(ResultCode.NoGrant, others[0], Calls.Revoke(learner, 2));
    }

    [Test]
    public void A_grantee_renounces_its_own_grant()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], Reading));
        ledger.Accept(others[0], Calls.Grant(learner, others[1], AccessBits.Read, 1));
        ledger.Expect(ResultCode.NoRight, learner, Calls.Renounce(learner, 1));
        ledger.Expect(ResultCode.NoRight, others[1], Calls.Renounce(learner, 1));
        ledger.Expect(ResultCode.NoGrant, others[0], Calls.Renounce(learner, 5));
        ledger.Accept(others[0], Calls.Renounce(learner, 1));
        Assert.That(ledger.State.LiveGrants(Name()).Grants, Is.Empty);
        Assert.That(EntryOf(others[1]), Is.Zero);
    }

    [Test]
    public void An_institution_grants_only_the_records_that_it_wrote()
    {
        ledger.Enrol(learner, others[0]);
        ledger.Write(others[0], learner, 2);
        ledger.Accept(school, Calls.Grant(learner, others[1], Reading));
        ledger.Accept(others[1], Calls.Grant(learner, others[2], AccessBits.Read, 1));
        foreach (TestParty reader in new[] { others[1], others[2] })
        {
            EffectiveRights rights = ledger.RightsOf(learner, reader);
            Assert.That(rights.MayRead(school.Address), Is.True);
            Assert.That(rights.MayRead(others[0].Address), Is.False);
        }

        ledger.Accept(learner, Calls.Grant(learner, others[1], AccessBits.Read));
        Assert.That(ledger.RightsOf(learner, others[1]).MayRead(others[0].Address), Is.True);
    }

    [Test]
    public void Write_that_an_institution_passed_on_rests_while_it_cannot_write_itself()
    {
        ledger.Accept(school, Calls.Grant(learner, others[0], AccessBits.Write | AccessBits.Read));
        Assert.That(ledger.RightsOf(learner, others[0]).MayWrite, Is.True);
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        Assert.That(ledger.RightsOf(learner, others[0]).Bits, Is.EqualTo(AccessBits.Read));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.Insert(learner, 8));
        ledger.Expect(ResultCode.GrantExceedsRight, school, Calls.Grant(learner, others[0], AccessBits.Write));
        ledger.Accept(school, Calls.Grant(learner, others[0], AccessBits.Read));
    }

    [Test]
    public void An_institution_without_its_own_entry_grants_nothing()
    {
        ledger.Enrol(learner, others[0]);
        ledger.Expect(ResultCode.NotIndexed, others[0], Calls.Grant(learner, others[1], AccessBits.Read));
    }

    [Test]
    public void The_default_right_of_a_former_institution_can_be_revoked_and_its_grants_with_it()
    {
        ledger.Enrol(learner, others[0]);
        ledger.Write(others[0], learner, 2);
        ledger.Accept(school, Calls.Grant(learner, others[1], AccessBits.Read));
        ledger.Expect(ResultCode.CurrentInstitution, learner, Calls.RevokeDefault(learner, school));
        ledger.Accept(school, Calls.EndEnrolment(learner, school));
        Assert.That(ledger.RightsOf(learner, school).Bits,
            Is.EqualTo(AccessBits.Read | AccessBits.GrantRead | AccessBits.GrantWrite));
        ledger.Expect(ResultCode.NoRight, others[0], Calls.RevokeDefault(learner, school));
        ledger.Expect(ResultCode.NoGrant, learner, Calls.RevokeDefault(learner, others[3]));
        ledger.Accept(learner, Calls.RevokeDefault(learner, school));
        Assert.That(ledger.RightsOf(learner, school), Is.EqualTo(EffectiveRights.None));
        Assert.That(ledger.RightsOf(learner, others[1]), Is.EqualTo(EffectiveRights.None));
        Assert.That(EntryOf(school), Is.Zero);
        Assert.That(Llpc().Holders, Has.Count.EqualTo(2), "The duty to serve its records remains.");
        ledger.Expect(ResultCode.NoGrant, learner, Calls.RevokeDefault(learner, school));
    }

    [Test]
    public void The_last_holder_of_records_cannot_lose_its_right()
    {
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        ledger.Expect(ResultCode.LastHolder, learner, Calls.RevokeDefault(learner, school));
        ledger.Enrol(learner, others[0]);
        ledger.Write(others[0], learner, 2);
        ledger.Accept(learner, Calls.EndEnrolment(learner, others[0]));
        ledger.Accept(learner, Calls.RevokeDefault(learner, school));
        ledger.Expect(ResultCode.LastHolder, learner, Calls.RevokeDefault(learner, others[0]));
    }

    [Test]
    public void A_grant_from_the_learner_survives_the_loss_of_the_default_right()
    {
        ledger.Enrol(learner, others[0]);
        ledger.Write(others[0], learner, 2);
        ledger.Accept(learner, Calls.Grant(learner, school, AccessBits.Read));
        Assert.That(EntryOf(school), Is.EqualTo(1), "Its own entry serves.");
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        ledger.Accept(learner, Calls.RevokeDefault(learner, school));
        Assert.That(ledger.RightsOf(learner, school).Bits, Is.EqualTo(AccessBits.Read));
        Assert.That(EntryOf(school), Is.EqualTo(2), "An entry for the grant follows its own.");
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        Assert.That(EntryOf(school), Is.Zero);
    }

    [Test]
    public void An_enrolled_grantee_makes_entries_of_its_own_that_outlive_the_grant()
    {
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Write));
        ledger.Enrol(learner, others[0]);
        ledger.Accept(others[0], Calls.UicInsert(learner));
        ledger.Accept(others[0], Calls.PicInsert(learner));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        ledger.Accept(others[0], Calls.Insert(learner, 2));
        Assert.That(ledger.State.ProviderIndex(others[0].Address)!.Entries, Is.EqualTo(1));
    }

    [Test]
    public void A_granted_party_without_an_index_gets_one()
    {
        Assert.That(ledger.State.ProviderIndex(others[4].Address), Is.Null);
        ledger.Accept(learner, Calls.Grant(learner, others[4], AccessBits.Read));
        Assert.That(ledger.State.ProviderIndex(others[4].Address)!.Entries, Is.EqualTo(1));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        Assert.That(ledger.State.ProviderIndex(others[4].Address)!.Entries, Is.Zero);
        Assert.That(ledger.State.ProviderIndex(others[4].Address)!.Parties, Is.EqualTo(1));
    }

    [Test]
    public void A_right_ends_with_its_end_time_even_before_a_block_closes_it()
    {
        long end = ledger.TimeMs + 5_000;
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read, 0, end));
        EffectiveRights At(long time) =>
            AccessRights.Of(ledger.State, learner.Address, Calls.Verb, others[0].Address, time);
        Assert.That(At(end - 1).Bits, Is.EqualTo(AccessBits.Read));
        Assert.That(At(end), Is.EqualTo(EffectiveRights.None));
    }

    [Test]
    public void A_grant_with_limits_that_a_box_cannot_see_gives_no_read_there()
    {
        Operation limited = Calls.Grant(learner, others[0], AccessBits.All);
        limited.LlpcGrant.Limits = Calls.Commitment(1);
        ledger.Accept(learner, limited);
        ledger.Accept(others[0], Calls.Grant(learner, others[1], AccessBits.Read, parent: 1));
        ledger.Accept(learner, Calls.Grant(learner, others[2], AccessBits.Read));

        Assert.That(AtBox(others[0]).Bits, Is.EqualTo(AccessBits.All & ~AccessBits.Read));
        Assert.That(AtBox(others[0]).MayRead(school.Address), Is.False);
        Assert.That(AtBox(others[1]).Bits, Is.EqualTo(AccessBits.None), "Passed on under limits.");
        Assert.That(AtBox(others[1]).MayRead(school.Address), Is.False);
        Assert.That(AtBox(others[2]).MayRead(school.Address), Is.True);
        Assert.That(AtBox(learner).MayRead(school.Address), Is.True);
        Assert.That(ledger.RightsOf(learner, others[0]).Bits, Is.EqualTo(AccessBits.All), "The ledger's own answer.");

        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read));
        Assert.That(AtBox(others[0]).MayRead(school.Address), Is.True, "Another grant has no limits.");
    }

    private EffectiveRights AtBox(TestParty who) =>
        AccessRights.OfReader(ledger.State, Name(), who.Address, ledger.TimeMs);

    private LlpcName Name() => new(learner.Address, Calls.Verb);

    private Llpc Llpc() => ledger.State.Llpc(Name())!;

    private GrantInstance Grant(ulong number) => ledger.State.Grant(Name(), number)!;

    private ulong EntryOf(TestParty provider)
    {
        ulong user = ledger.State.OpenNumber(StateKeys.UserIndexEntries(Name(), provider.Address));
        ulong own = ledger.State.OpenNumber(StateKeys.ProviderIndexEntries(provider.Address, Name()));
        Assert.That(user, Is.EqualTo(own), "The two indexes disagree.");
        return user;
    }
}
