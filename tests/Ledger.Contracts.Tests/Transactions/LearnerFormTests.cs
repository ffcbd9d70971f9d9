using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Transactions;

/// <summary>The form of the calls about learners, and the signatures inside them.</summary>
[TestFixture]
public sealed class LearnerFormTests
{
    private static readonly TestLedger Ledger = new(new TestParty("school"));
    private static readonly TestParty Ann = new("ann");
    private static readonly TestParty Ben = new("ben");
    private static readonly TestParty School = new("school");
    private static readonly ByteString Short = ByteString.CopyFrom(new byte[31]);

    [Test]
    public void A_guardian_is_neither_the_learner_nor_who_attests_it()
    {
        Accept(LearnerCalls.Appoint(Ann, Ben, School, 1));
        Refuse(LearnerCalls.Appoint(Ann, Ann, School, 1));
        Refuse(LearnerCalls.Appoint(Ann, School, School, 1));
        Refuse(LearnerCalls.Appoint(Ann, Ben, School, 0));
        Refuse(LearnerCalls.Appoint(Ann, Ben, School, 1), call => call.GuardianAppoint.Learner = Short);
        Refuse(LearnerCalls.Appoint(Ann, Ben, School, 1), call => call.GuardianAppoint.Guardian = Short);
        Refuse(LearnerCalls.Appoint(Ann, Ben, School, 1), call => call.GuardianAppoint.Institution = ByteString.Empty);
        Accept(LearnerCalls.EndGuardian(Ann));
        Accept(LearnerCalls.EndGuardian(Ann, School));
        Refuse(LearnerCalls.EndGuardian(Ann), call => call.GuardianEnd.Learner = Short);
        Refuse(LearnerCalls.EndGuardian(Ann), call => call.GuardianEnd.Institution = Short);
        Refuse(LearnerCalls.Merge(Ann), call => call.LearnerMerge.Absorbed = Short);
    }

    [Test]
    public void A_plan_names_others_each_once_and_no_more_than_it_needs()
    {
        const long day = LearnerCalls.DayMs;
        Accept(LearnerCalls.Plan(Ann, 2, day, Ben, School));
        Accept(LearnerCalls.Plan(Ann, 1, 90 * day, Ben));
        Accept(LearnerCalls.NoPlan(Ann));
        Refuse(LearnerCalls.Plan(Ann, 0, day, Ben));
        Refuse(LearnerCalls.Plan(Ann, 2, day, Ben));
        Refuse(LearnerCalls.Plan(Ann, 1, day - 1, Ben));
        Refuse(LearnerCalls.Plan(Ann, 1, (90 * day) + 1, Ben));
        Refuse(LearnerCalls.Plan(Ann, 1, day, Ann));
        Refuse(LearnerCalls.Plan(Ann, 1, day, Ben, Ben));
        Refuse(LearnerCalls.Plan(Ann, 1, 0));
        Refuse(LearnerCalls.Plan(Ann, 0, day));
        TestParty[] many = [.. Enumerable.Range(0, 17).Select(number => new TestParty($"many{number}"))];
        Accept(LearnerCalls.Plan(Ann, 1, day, many[..16]));
        Refuse(LearnerCalls.Plan(Ann, 1, day, many));
        Refuse(LearnerCalls.Plan(Ann, 1, day, Ben), call => call.RecoveryPlanSet.Parties[0] = Short);
        Refuse(LearnerCalls.Plan(Ann, 1, day, Ben), call => call.RecoveryPlanSet.Learner = Short);
    }

    [Test]
    public void A_recovery_names_a_key_and_bears_its_proof()
    {
        Accept(LearnerCalls.Propose(Ledger, Ann, Ben));
        Refuse(LearnerCalls.Propose(Ledger, Ann, Ben), call => call.RecoveryPropose.Learner = Short);
        Refuse(LearnerCalls.Propose(Ledger, Ann, Ben), call => call.RecoveryPropose.NewKey = Short);
        Refuse(LearnerCalls.Propose(Ledger, Ann, Ben), call => call.RecoveryPropose.Proof = Short);
        Refuse(LearnerCalls.Approve(Ann, 0));
        Refuse(LearnerCalls.Cancel(Ann, 0));
        Refuse(LearnerCalls.Complete(Ann, 0));
        Refuse(LearnerCalls.Approve(Ann), call => call.RecoveryApprove.Learner = Short);
        Refuse(LearnerCalls.Cancel(Ann), call => call.RecoveryCancel.Learner = Short);
        Refuse(LearnerCalls.Complete(Ann), call => call.RecoveryComplete.Learner = Short);
    }

    [Test]
    public void Claims_come_and_go_in_batches_of_1024_at_most()
    {
        TestParty[] many = [.. Enumerable.Range(0, 1025).Select(number => new TestParty($"code{number}"))];
        Accept(LearnerCalls.Announce(1, many[..1024]));
        Refuse(LearnerCalls.Announce(1, many));
        Refuse(LearnerCalls.Announce(1));
        Refuse(LearnerCalls.Announce(0, Ann));
        Refuse(LearnerCalls.Announce(1, Ann), call => call.ClaimAnnounce.Claims[0] = Short);
        Accept(LearnerCalls.RevokeClaims(1, 1024));
        Refuse(LearnerCalls.RevokeClaims(1, 1025));
        Refuse(LearnerCalls.RevokeClaims(0, 1));
        Refuse(LearnerCalls.RevokeClaims(2, 1));
        Accept(LearnerCalls.Claim(Ledger, Ann, School, Ben));
        Refuse(LearnerCalls.Claim(Ledger, Ann, School, Ben), call => call.LearnerClaim.Learner = Short);
        Refuse(LearnerCalls.Claim(Ledger, Ann, School, Ben), call => call.LearnerClaim.Institution = Short);
        Refuse(LearnerCalls.Claim(Ledger, Ann, School, Ben), call => call.LearnerClaim.ClaimKey = Short);
        Refuse(LearnerCalls.Claim(Ledger, Ann, School, Ben), call => call.LearnerClaim.Proof = Short);
    }

    [Test]
    public void A_level_of_opting_out_is_one_of_three()
    {
        Accept(LearnerCalls.OptOut(Ann, OptOutLevel.None));
        Accept(LearnerCalls.OptOut(Ann, OptOutLevel.NoStore));
        Refuse(LearnerCalls.OptOut(Ann, OptOutLevel.Unspecified));
        Refuse(LearnerCalls.OptOut(Ann, (OptOutLevel)4));
        Refuse(LearnerCalls.OptOut(Ann, OptOutLevel.None), call => call.OptOut.Learner = Short);
    }

    [Test]
    public void A_proof_is_for_one_chain_one_learner_and_one_institution()
    {
        Hash256 otherChain = new TestRandom(99).Hash();
        Operation claim = LearnerCalls.Claim(Ledger, Ann, School, Ben);
        Refuse(claim, call => call.LearnerClaim.Learner = Ben.Address.ToField(), TransactionRefusal.WrongProof);
        claim = LearnerCalls.Claim(Ledger, Ann, School, Ben);
        Refuse(claim, call => call.LearnerClaim.Institution = Ben.Address.ToField(), TransactionRefusal.WrongProof);
        claim = LearnerCalls.Claim(Ledger, Ann, School, Ben);
        Refuse(claim, call => call.LearnerClaim.ClaimKey = Ann.Key.ToField(), TransactionRefusal.WrongProof);
        claim = LearnerCalls.Claim(otherChain, Ann, School, Ben);
        Refuse(claim, static _ => { }, TransactionRefusal.WrongProof);
        Operation proposal = LearnerCalls.Propose(Ledger, Ann, Ben);
        Refuse(proposal, call => call.RecoveryPropose.Learner = Ben.Address.ToField(), TransactionRefusal.WrongProof);
        proposal = LearnerCalls.Propose(Ledger, Ann, Ben);
        Refuse(proposal, call => call.RecoveryPropose.NewKey = Ann.Key.ToField(), TransactionRefusal.WrongProof);
    }

    private static void Accept(Operation operation) => Assert.That(Read(operation).IsRead, Is.True);

    private static void Refuse(Operation operation) => Refuse(operation, static _ => { });

    private static void Refuse(
        Operation operation,
        Action<Operation> change,
        TransactionRefusal refusal = TransactionRefusal.Malformed)
    {
        change(operation);
        Assert.That(Read(operation).Refusal, Is.EqualTo(refusal), operation.ToString());
    }

    private static TransactionReading Read(Operation operation) =>
        TestTransaction.Read(TestTransaction.Body(1, 5_000, [Ann], [operation]), Ledger.ChainId);
}
