using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Tests.Verification;

/// <summary>Proofs over a chain whose set has changed several times.</summary>
public sealed class MembershipChainTests
{
    [Test]
    public void Proofs_of_every_epoch_verify_from_the_genesis_document_and_from_every_checkpoint_before_them()
    {
        using SmallChain chain = new();
        List<(ulong Height, byte[] File)> proofs = [];
        List<TrustRoot> checkpoints = [];
        void Take()
        {
            chain.Decide([chain.School], Operations.Settle());
            proofs.Add((chain.Head.Height, new ProofFile { Receipt = chain.Receipt() }.ToByteArray()));
            checkpoints.Add(chain.Checkpoint);
        }

        Take();
        SigningKey fifth = chain.NewSchool();
        chain.ChangeSeats(fifth, AdditionOf(chain, fifth));
        Take();
        chain.RotateSeat(chain.Identities[1]);
        Take();
        SigningKey sixth = chain.NewSchool();
        SeatChange seat = AdditionOf(chain, sixth);
        chain.ChangeSeats(sixth, SeatChangeFactory.Replace(
            chain.Identities[2].Address, sixth.Address, chain.VoteKeys[^1].PublicKey, seat.Proof.Span));
        Take();
        chain.ChangeSeats(fifth, SeatChangeFactory.Remove(chain.Identities[3].Address));
        Take();

        Assert.That(chain.Head.Epoch, Is.EqualTo(4));
        Assert.That(chain.Set.Count, Is.EqualTo(4));
        for (int epoch = 0; epoch < proofs.Count; epoch++)
        {
            Assert.That(
                ProofVerifier.Verify(proofs[epoch].File, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed), $"{epoch}");
            for (int checkpoint = 0; checkpoint < checkpoints.Count; checkpoint++)
            {
                Verdict verdict = ProofVerifier.Verify(proofs[epoch].File, checkpoints[checkpoint]).Verdict;
                Assert.That(
                    verdict,
                    Is.EqualTo(checkpoint <= epoch ? Verdict.Passed : Verdict.Unknown),
                    $"epoch {epoch} from the checkpoint in {checkpoint}");
            }
        }
    }

    [Test]
    public void A_chain_of_sets_with_one_left_out_or_exchanged_is_refused()
    {
        using SmallChain chain = new();
        chain.RotateSeat(chain.Identities[0]);
        chain.RotateSeat(chain.Identities[1]);
        chain.Decide([chain.School], Operations.Settle());
        Receipt receipt = chain.Receipt();
        Assert.That(VerdictOf(receipt, chain.Trust), Is.EqualTo(Verdict.Passed));

        Receipt without = receipt.Clone();
        without.Membership.Ends.RemoveAt(0);
        Assert.That(VerdictOf(without, chain.Trust), Is.EqualTo(Verdict.Failed));

        Receipt shorter = receipt.Clone();
        shorter.Membership.Ends.RemoveAt(1);
        Assert.That(VerdictOf(shorter, chain.Trust), Is.EqualTo(Verdict.Failed));

        Receipt turned = receipt.Clone();
        (turned.Membership.Ends[0], turned.Membership.Ends[1]) = (turned.Membership.Ends[1], turned.Membership.Ends[0]);
        Assert.That(VerdictOf(turned, chain.Trust), Is.EqualTo(Verdict.Failed));

        Receipt mixed = receipt.Clone();
        mixed.Membership.Ends[0].Next = mixed.Membership.Ends[1].Next;
        Assert.That(VerdictOf(mixed, chain.Trust), Is.EqualTo(Verdict.Failed));
    }

    [Test]
    public void The_state_proves_the_sets_of_all_epochs_at_the_newest_root()
    {
        using SmallChain chain = new();
        byte[] first = chain.Set.Hash.ToArray();
        chain.RotateSeat(chain.Identities[0]);
        ulong end = chain.Head.Height;
        chain.RotateSeat(chain.Identities[1]);
        StateEvidence evidence = chain.Evidence(StateKeys.ValidatorSets.At(1));

        VerificationReport report =
            ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), chain.Checkpoint);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed));
        ValidatorSetInstance founders = ValidatorSetInstance.Parser.ParseFrom(evidence.Value);
        Assert.That(founders.Hash.ToByteArray(), Is.EqualTo(first));
        Assert.That(founders.Interval.ToHeight, Is.EqualTo(end + 1));
    }

    private static SeatChange AdditionOf(SmallChain chain, SigningKey school)
    {
        SigningKey key = chain.NewVoteKey();
        return SeatChangeFactory.Add(
            school.Address, key.PublicKey, SeatChangeFactory.ProofOf(chain.ChainId, school.Address, key));
    }

    private static Verdict VerdictOf(Receipt receipt, TrustRoot trust) =>
        ProofVerifier.Verify(new ProofFile { Receipt = receipt }.ToByteArray(), trust).Verdict;
}
