using Ledger.Contracts.Custody;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>A custodian confirms what it has verified, and takes the place of a writer that is gone.</summary>
[TestFixture]
public sealed class HandOverTests
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
        ledger.Write(schools[0], learner, 2);
        ledger.Accept(archive, Calls.PublishPlan());
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], archive));
        ledger.Accept(archive, Calls.AcceptCustody(schools[0], archive));
    }

    [Test]
    public void A_confirmed_copy_makes_a_holder_with_a_trail_to_keep()
    {
        ledger.Expect(ResultCode.NoDuty, archive, Calls.TrailAppend(learner, 1));
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        Assert.That(
            ledger.Last!.Events.Single(),
            Is.EqualTo(ContractEvent.Of(ContractEventKind.CustodyConfirmed, Llpc) with
            {
                Actor = archive.Address,
                Client = schools[0].Address,
                Subject = archive.Address,
                Number = 2,
                Place = ledger.Last.Receipts[0].Place,
            }));
        Assert.That(Holders(), Is.EquivalentTo(new[] { schools[0].Address, archive.Address }));
        RangeCopy copy = ledger.State.RangeCustody(Llpc, schools[0].Address).Copies.Single();
        Assert.That(copy.Custodian, Is.EqualTo(archive.Address.ToField()));
        Assert.That(copy.Count, Is.EqualTo(2));
        ledger.Accept(archive, Calls.TrailAppend(learner, 1));
    }

    [Test]
    public void A_copy_has_as_many_records_as_the_range()
    {
        ledger.Expect(ResultCode.CountDiffers, archive, Calls.ConfirmCustody(learner, schools[0], 1));
        ledger.Expect(ResultCode.CountDiffers, archive, Calls.ConfirmCustody(learner, schools[0], 3));
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Expect(ResultCode.AlreadyConfirmed, archive, Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Write(schools[0], learner, 3);
        ledger.Expect(ResultCode.CountDiffers, archive, Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 3));
        Assert.That(ledger.State.RangeCustody(Llpc, schools[0].Address).Copies, Has.Count.EqualTo(1));
        Assert.That(ledger.State.Holding(learner.Address, archive.Address)!.Contracts, Is.EqualTo(1));
    }

    [Test]
    public void Only_a_custodian_confirms_and_only_what_was_written()
    {
        ledger.Expect(ResultCode.NoAgreement, schools[1], Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Expect(ResultCode.NoAgreement, schools[0], Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Expect(ResultCode.NoRecords, archive, Calls.ConfirmCustody(learner, schools[1], 2));
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Expect(ResultCode.NotALearner, archive, Calls.ConfirmCustody(new TestParty("nobody"), schools[0], 2));
        ledger.Expect(
            ResultCode.NoLlpc,
            archive,
            Calls.ConfirmCustody(learner, schools[0], 2, "http://adlnet.gov/expapi/verbs/passed"));
    }

    [Test]
    public void A_custodian_of_the_learner_confirms_what_any_school_wrote()
    {
        ledger.Accept(schools[3], Calls.PublishPlan());
        ledger.Accept(learner, Calls.OfferCustody(learner, schools[3]));
        ledger.Accept(schools[3], Calls.AcceptCustody(learner, schools[3]));
        ledger.Accept(schools[3], Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        Assert.That(ledger.State.RangeCustody(Llpc, schools[0].Address).Copies, Has.Count.EqualTo(2));
    }

    [TestCase(InstitutionStatus.Closed)]
    [TestCase(InstitutionStatus.Revoked)]
    public void The_custodian_takes_the_place_of_a_writer_that_is_gone(InstitutionStatus end)
    {
        End(schools[0], end);
        Assert.That(ledger.State.Institution(schools[0].Address)!.Status, Is.EqualTo(end));
        Assert.That(CustodyRules.HasGone(ledger.State, schools[0].Address), Is.True);
        Assert.That(Holders(), Is.EqualTo(new[] { schools[0].Address }));
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        Assert.That(Holders(), Is.EqualTo(new[] { archive.Address }));
        Assert.That(ledger.State.Holding(learner.Address, schools[0].Address)!.Contracts, Is.Zero);
    }

    [Test]
    public void A_suspended_writer_is_not_gone()
    {
        End(schools[0], InstitutionStatus.Suspended);
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        Assert.That(Holders(), Is.EquivalentTo(new[] { schools[0].Address, archive.Address }));
    }

    [Test]
    public void A_closed_institution_keeps_its_trail_and_may_still_find_a_custodian()
    {
        ledger.Accept(schools[0], Calls.EndCustody(schools[0], archive));
        End(schools[0], InstitutionStatus.Closed);
        ledger.Accept(schools[0], Calls.TrailAppend(learner, 1));
        ledger.Accept(schools[3], Calls.PublishPlan());
        ledger.Accept(schools[0], Calls.OfferCustody(schools[0], schools[3]));
        ledger.Accept(schools[3], Calls.AcceptCustody(schools[0], schools[3]));
        ledger.Accept(schools[3], Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Expect(ResultCode.InstitutionClosed, schools[0], Calls.PublishPlan());
        ledger.Expect(ResultCode.InstitutionClosed, schools[0], Calls.WithdrawPlan(1));
        ledger.Expect(ResultCode.InstitutionClosed, schools[0], Calls.ConfirmCustody(learner, schools[0], 2));
    }

    [Test]
    public void A_copy_of_a_custodian_whose_agreement_has_ended_makes_room()
    {
        ledger.Accept(archive, Calls.ConfirmCustody(learner, schools[0], 2));
        ledger.Accept(schools[0], Calls.EndCustody(schools[0], archive));
        ledger.TimeMs += 31 * BlockDay.LengthMs;
        Assert.That(
            ledger.Do(archive, Calls.ConfirmCustody(learner, schools[0], 2)).Code, Is.EqualTo(ResultCode.NoAgreement));
        ledger.Accept(schools[3], Calls.PublishPlan());
        ledger.Accept(learner, Calls.OfferCustody(learner, schools[3]));
        ledger.Accept(schools[3], Calls.AcceptCustody(learner, schools[3]));
        ledger.Accept(schools[3], Calls.ConfirmCustody(learner, schools[0], 2));
        Assert.That(
            ledger.State.RangeCustody(Llpc, schools[0].Address).Copies.Single().Custodian,
            Is.EqualTo(schools[3].Address.ToField()));
    }

    private IEnumerable<Primitives.Address> Holders() =>
        ledger.State.Llpc(Llpc)!.Holders.Select(holder => holder.ToAddress());

    private void End(TestParty school, InstitutionStatus end)
    {
        TestParty[] others = [.. schools.Where(other => other != school)];
        switch (end)
        {
            case InstitutionStatus.Revoked:
                Revoke(school, others);
                return;
            default:
                Decide(others, end == InstitutionStatus.Closed
                    ? new Measure { Close = new CloseInstitution { Institution = school.Address.ToField() } }
                    : new Measure { Suspend = new SuspendInstitution { Institution = school.Address.ToField() } });
                return;
        }
    }

    private void Decide(TestParty[] voters, Measure measure)
    {
        ledger.Accept(voters[0], new Operation { MeasurePropose = new MeasurePropose { Measure = measure } });
        foreach (TestParty voter in voters[1..])
        {
            ledger.Accept(voter, new Operation { MeasureVote = new MeasureVote { Measure = 1, Approve = true } });
        }
    }

    private void Revoke(TestParty accused, TestParty[] others)
    {
        ledger.Accept(others[0], new Operation
        {
            MembershipRevoke = new MembershipRevoke { Institution = accused.Address.ToField() },
        });
        ulong ballot = ledger.State.Institution(accused.Address)!.Ballot;
        foreach (TestParty voter in others[1..])
        {
            ledger.Accept(voter, new Operation
            {
                RevocationVote = new RevocationVote
                {
                    Institution = accused.Address.ToField(), Ballot = ballot, Approve = true,
                },
            });
        }
    }
}
