using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Defects of the contracts that were published with the paper: none of them may come back here.</summary>
[TestFixture]
public sealed class DefectTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
    }

    [Test]
    public void Defect01_a_request_is_listed_and_the_last_one_is_removed_too()
    {
        ledger.Write(schools[0], learner, 1);
        ledger.Accept(schools[1], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(schools[2], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(schools[3], Calls.Request(learner, AccessBits.Read));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        ledger.Accept(learner, Calls.Deny(learner, 3));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1, 2 }));
        ledger.Accept(learner, Calls.Deny(learner, 1));
        ledger.Accept(learner, Calls.Grant(learner, schools[2], AccessBits.Read));
        Assert.That(Pending(), Is.Empty);
    }

    [Test]
    public void Defect02_only_the_learner_or_its_institution_creates_an_llpc()
    {
        ledger.Expect(ResultCode.NotEnrolled, schools[1], Calls.Create(learner));
        ledger.Expect(ResultCode.NotRegistered, new TestParty("anyone"), Calls.Create(learner));
        ledger.Accept(schools[0], Calls.Create(learner));
        ledger.Accept(learner, Calls.Create(learner, "https://example.org/verb"));
    }

    [Test]
    public void Defect04_a_holder_of_grant_bits_strips_neither_the_learner_nor_the_current_institution()
    {
        ledger.Write(schools[0], learner, 1);
        ulong grant = ledger.Accept(learner, Calls.Grant(learner, schools[1], AccessBits.All)).Number;
        ulong second = ledger.Accept(learner, Calls.Grant(learner, schools[2], AccessBits.All)).Number;
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.RevokeDefault(learner, schools[0]));
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.RevokeDefault(learner, learner));
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.Revoke(learner, second));
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.Revoke(learner, grant));
        ledger.Expect(ResultCode.CurrentInstitution, learner, Calls.RevokeDefault(learner, schools[0]));
        Assert.That(ledger.RightsOf(learner, learner).Bits, Is.EqualTo(AccessBits.All));
        Assert.That(ledger.RightsOf(learner, schools[0]).Bits, Is.EqualTo(AccessBits.All));
    }

    [Test]
    public void Defect05_a_call_that_fails_says_so_and_a_read_without_a_right_is_no_zero()
    {
        OperationResult result = ledger.Do(schools[1], Calls.Insert(learner, 1));
        Assert.That(result.Code, Is.EqualTo(ResultCode.NoLlpc));
        Assert.That(ledger.RightsOf(learner, schools[1]), Is.SameAs(EffectiveRights.None));
        Assert.That(ledger.State.Llpc(new LlpcName(learner.Address, Calls.Verb)), Is.Null);
    }

    [Test]
    public void Defect07_a_learner_is_counted_once_in_a_provider_index_however_many_verbs()
    {
        ledger.Accept(schools[0], Calls.PicCreate());
        for (int verb = 0; verb < 5; verb++)
        {
            string iri = $"https://example.org/verb/{verb}";
            ledger.Group(
                [schools[0]], Calls.Create(learner, iri), Calls.UicInsert(learner, iri), Calls.PicInsert(learner, iri));
        }

        Assert.That(ledger.State.ProviderIndex(schools[0].Address)!.Entries, Is.EqualTo(5));
        Assert.That(ledger.State.ProviderIndex(schools[0].Address)!.Parties, Is.EqualTo(1));
        Assert.That(ledger.State.UserIndex(learner.Address)!.Parties, Is.EqualTo(1));
    }

    [Test]
    public void Defect08_look_ups_give_the_kind_that_they_are_for()
    {
        Address? owner = ledger.State.DomainOwner(schools[2].Domain);
        Assert.That(owner, Is.EqualTo(schools[2].Address));
        string domain = ledger.State.Institution(owner!.Value)!.Domain;
        Assert.That(domain, Is.EqualTo(schools[2].Domain));
        Assert.That(ledger.State.Institution(learner.Address), Is.Null);
        Assert.That(ledger.State.Learner(schools[2].Address), Is.Null);
        Assert.That(ledger.State.CurrentKey(learner.Address), Is.EqualTo(learner.Key));
    }

    [TestCase(0, "http://purl.imsglobal.org/vocab/caliper/v1/action#Abandoned")]
    [TestCase(1000, "http://activitystrea.ms/schema/1.0/accept")]
    public void Defect09_the_first_code_of_a_vocabulary_is_found(int id, string iri)
    {
        Assert.That(VerbTable.Standard.TryGet(id, out Verb? byId), Is.True);
        Assert.That(byId!.Iri, Is.EqualTo(iri));
        Assert.That(VerbTable.Standard.TryGet(iri, out Verb? byIri), Is.True);
        Assert.That(byIri!.Id, Is.EqualTo(id));
    }

    [Test]
    public void Defect10_nobody_admits_an_institution_alone()
    {
        TestParty candidate = new("candidate");
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Accept(schools[0], Calls.Vote(candidate, true));
        ledger.Expect(ResultCode.AlreadyVoted, schools[0], Calls.Vote(candidate, true));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.Vote(candidate, true));
        Assert.That(ledger.State.IsMember(candidate.Address), Is.False);
    }

    private IEnumerable<ulong> Pending() =>
        ledger.State.Llpc(new LlpcName(learner.Address, Calls.Verb))!.Pending.Select(request => request.Number);
}
