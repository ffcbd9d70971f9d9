using Ledger.Contracts.Custody;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Plans and agreements: both sides approve the same plan, either side ends it with notice.</summary>
[TestFixture]
public sealed class CustodyTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty archive = new("archive");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    private LlpcName Llpc => new(learner.Address, Calls.Verb);

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddMember(archive, InstitutionKind.Organisation, schools[..3]);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
        ledger.Accept(archive, Calls.PublishPlan());
    }

    [Test]
    public void An_agreement_is_offered_by_one_side_and_accepted_by_the_other()
    {
        Assert.That(ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive)).Number, Is.EqualTo(1));
        Assert.That(Custodians(schools[0]), Is.Empty);
        ledger.Accept(archive, Calls.AcceptCustody(schools[0], archive));
        Assert.That(Custodians(schools[0]), Is.EqualTo(new[] { archive.Address }));
        Assert.That(
            ledger.Last!.Events.Single(),
            Is.EqualTo(new ContractEvent(ContractEventKind.CustodyAgreed)
            {
                Actor = archive.Address,
                Client = schools[0].Address,
                Subject = archive.Address,
                Number = 1,
                Place = ledger.Last.Receipts[0].Place,
            }));
    }

    [Test]
    public void A_learner_may_be_the_client_and_the_provider_may_ask_first()
    {
        ledger.Accept(archive, Calls.OfferCustody(learner, archive));
        ledger.Accept(learner, Calls.AcceptCustody(learner, archive));
        Assert.That(Custodians(learner), Is.EqualTo(new[] { archive.Address }));
    }

    [Test]
    public void Nobody_agrees_for_others()
    {
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.OfferCustody(schools[0], archive));
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.Expect(ResultCode.NoRight, schools[0], Calls.AcceptCustody(schools[0], archive));
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.AcceptCustody(schools[0], archive));
        ledger.Expect(ResultCode.NoRight, schools[1], Calls.EndCustody(schools[0], archive));
        ledger.Accept(archive, Calls.OfferCustody(learner, archive));
        ledger.Expect(ResultCode.NoRight, archive, Calls.AcceptCustody(learner, archive));
    }

    [Test]
    public void Client_and_provider_are_two_and_the_ledger_knows_both()
    {
        ledger.Expect(ResultCode.Malformed, archive, Calls.OfferCustody(archive, archive));
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.OfferCustody(learner, new TestParty("nobody")));
        ledger.Expect(ResultCode.NotRegistered, archive, Calls.OfferCustody(new TestParty("nobody"), archive));
        TestParty candidate = new("candidate");
        ledger.Accept(candidate, Calls.Register(candidate));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.OfferCustody(candidate, archive));
        ledger.Expect(ResultCode.NotAMember, candidate, Calls.PublishPlan());
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.PublishPlan());
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.WithdrawPlan(1));
    }

    [Test]
    public void Both_sides_name_the_same_plan()
    {
        ledger.Accept(archive, Calls.PublishPlan(60));
        ledger.Expect(ResultCode.NoPlan, schools[0], Calls.OfferCustody(schools[0], archive, 3));
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive, 2));
        ledger.Expect(ResultCode.PlanDiffers, archive, Calls.AcceptCustody(schools[0], archive, 1, 1));
        ledger.Accept(archive, Calls.AcceptCustody(schools[0], archive, 1, 2));
        ledger.Expect(ResultCode.AlreadyAccepted, archive, Calls.AcceptCustody(schools[0], archive, 1, 2));
    }

    [Test]
    public void A_plan_that_was_withdrawn_takes_no_new_clients_and_keeps_those_it_has()
    {
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.Accept(archive, Calls.AcceptCustody(schools[0], archive));
        ledger.Accept(schools[1], Calls.OfferCustody(schools[1], archive));
        ledger.Accept(archive, Calls.WithdrawPlan(1));
        ledger.Expect(ResultCode.NoPlan, archive, Calls.WithdrawPlan(1));
        ledger.Expect(ResultCode.NoPlan, archive, Calls.WithdrawPlan(7));
        ledger.Expect(ResultCode.NoPlan, archive, Calls.AcceptCustody(schools[1], archive));
        ledger.Expect(ResultCode.NoPlan, schools[2], Calls.OfferCustody(schools[2], archive));
        Assert.That(Custodians(schools[0]), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_provider_has_at_most_16_open_plans()
    {
        for (int plan = 1; plan < CustodyLimits.OpenPlansMax; plan++)
        {
            ledger.Accept(archive, Calls.PublishPlan());
        }

        ledger.Expect(ResultCode.TooManyPlans, archive, Calls.PublishPlan());
        ledger.Accept(archive, Calls.WithdrawPlan(3));
        Assert.That(ledger.Accept(archive, Calls.PublishPlan()).Number, Is.EqualTo(17));
    }

    [Test]
    public void Two_have_one_agreement_at_a_time()
    {
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.Expect(ResultCode.AgreementExists, archive, Calls.OfferCustody(schools[0], archive));
        ledger.Accept(archive, Calls.EndCustody(schools[0], archive));
        ledger.Expect(ResultCode.NoAgreement, archive, Calls.EndCustody(schools[0], archive));
        ledger.Expect(ResultCode.NoAgreement, archive, Calls.AcceptCustody(schools[0], archive));
        Assert.That(ledger.Accept(archive, Calls.OfferCustody(schools[0], archive)).Number, Is.EqualTo(2));
        ledger.Expect(ResultCode.NoAgreement, schools[0], Calls.AcceptCustody(schools[0], archive));
        ledger.Accept(schools[0], Calls.AcceptCustody(schools[0], archive, 2));
    }

    [Test]
    public void An_offer_is_open_for_30_days()
    {
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.TimeMs += CustodyLimits.OfferMs;
        Assert.That(
            ledger.Do(archive, Calls.AcceptCustody(schools[0], archive)).Code, Is.EqualTo(ResultCode.NoAgreement));
        Assert.That(
            ledger.State.OpenNumber(StateKeys.CustodyAgreements(schools[0].Address, archive.Address)), Is.Zero);
    }

    [Test]
    public void Notice_ends_an_agreement_when_its_time_is_over()
    {
        Agree(schools[0]);
        ledger.Accept(archive, Calls.EndCustody(schools[0], archive));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.CustodyNoticeGiven));
        ledger.Expect(ResultCode.AlreadyEnding, schools[0], Calls.EndCustody(schools[0], archive));
        ledger.Expect(ResultCode.AgreementExists, schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.TimeMs += (30 * BlockDay.LengthMs) - (4 * TestLedger.BlockMs);
        Assert.That(Custodians(schools[0]), Has.Count.EqualTo(1));
        ledger.TimeMs += 4 * TestLedger.BlockMs;
        Assert.That(Custodians(schools[0]), Is.Empty);
        ledger.Block();
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.CustodyEnded));
        Assert.That(ledger.State.CustodyClient(schools[0].Address).Custodians, Is.Empty);
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
    }

    [Test]
    public void A_state_that_was_read_again_ends_the_same_agreements()
    {
        Agree(schools[0]);
        ledger.Accept(archive, Calls.EndCustody(schools[0], archive));
        ledger.Accept(schools[1], Calls.OfferCustody(schools[1], archive));
        LedgerState again = LedgerState.FromEntries(
            ledger.State.Tree.Entries().Select(entry => (entry.Key.Raw, entry.Value)));
        Assert.That(again.Expiry, Is.EqualTo(ledger.State.Expiry));
        Assert.That(again.Expiry, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_client_has_at_most_4_custodians()
    {
        foreach (int number in Enumerable.Range(1, CustodyLimits.CustodiansMax))
        {
            TestParty provider = new($"archive{number}");
            ledger.AddMember(provider, InstitutionKind.Organisation, schools[..3]);
            ledger.Accept(provider, Calls.PublishPlan());
            ledger.Accept(provider, Calls.OfferCustody(learner, provider));
            ledger.Accept(learner, Calls.AcceptCustody(learner, provider));
        }

        ledger.Accept(archive, Calls.OfferCustody(learner, archive));
        ledger.Expect(ResultCode.TooManyCustodians, learner, Calls.AcceptCustody(learner, archive));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_last_holder_may_be_revoked_once_a_backup_is_agreed(bool byLearner)
    {
        ledger.Accept(learner, Calls.EndEnrolment(learner, schools[0]));
        ledger.Expect(ResultCode.LastHolder, learner, Calls.RevokeDefault(learner, schools[0]));
        TestParty client = byLearner ? learner : schools[0];
        ledger.Accept(client, Calls.OfferCustody(client, archive));
        ledger.Expect(ResultCode.LastHolder, learner, Calls.RevokeDefault(learner, schools[0]));
        ledger.Accept(archive, Calls.AcceptCustody(client, archive));
        ledger.Accept(learner, Calls.RevokeDefault(learner, schools[0]));
    }

    [Test]
    public void A_backup_that_has_ended_or_was_revoked_is_none()
    {
        ledger.Accept(learner, Calls.EndEnrolment(learner, schools[0]));
        Agree(schools[0]);
        ledger.Accept(schools[1], new Operation
        {
            MembershipRevoke = new MembershipRevoke { Institution = archive.Address.ToField() },
        });
        foreach (TestParty voter in schools[2..])
        {
            ledger.Accept(voter, new Operation
            {
                RevocationVote = new RevocationVote
                {
                    Institution = archive.Address.ToField(), Ballot = 2, Approve = true,
                },
            });
        }

        Assert.That(ledger.State.IsMember(archive.Address), Is.False);
        ledger.Expect(ResultCode.LastHolder, learner, Calls.RevokeDefault(learner, schools[0]));
    }

    [Test]
    public void Calls_without_form_are_refused()
    {
        Refuse(Calls.PublishPlan(0));
        Refuse(Calls.PublishPlan(CustodyLimits.NoticeDaysMax + 1));
        Refuse(Calls.WithdrawPlan(0));
        Refuse(Calls.OfferCustody(learner, archive, 0));
        Refuse(Calls.AcceptCustody(learner, archive, 0));
        Refuse(Calls.AcceptCustody(learner, archive, 1, 0));
        Refuse(Calls.EndCustody(learner, archive, 0));
        Refuse(Calls.ConfirmCustody(learner, archive, 0));
        Refuse(Calls.ConfirmCustody(learner, archive, 1, "no iri"));
    }

    private IReadOnlyList<Primitives.Address> Custodians(TestParty client) =>
        CustodyRules.CustodiansOf(ledger.State, client.Address, ledger.TimeMs);

    private void Agree(TestParty client)
    {
        ledger.Accept(client, Calls.OfferCustody(client, archive));
        ledger.Accept(archive, Calls.AcceptCustody(client, archive));
    }

    private void Refuse(Operation call)
    {
        TransactionBody body = TestTransaction.Body(1, ledger.TimeMs + 1000, [archive], [call]);
        Assert.That(TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
    }
}
