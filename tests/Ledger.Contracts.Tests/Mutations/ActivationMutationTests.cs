using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Mutations;

/// <summary>
/// A new set takes effect by what q of it have signed and by nothing else (C-21), in the whole way of a transaction:
/// its bytes, its form, the proofs in it, and the contract.
/// </summary>
[TestFixture]
public sealed class ActivationMutationTests
{
    /// <summary>Each tries every forgery at other places and with other values: thousands in about a second.</summary>
    private const ulong Rounds = 100;

    private readonly SwapOfSeats swap = new();

    [Test]
    public void Q_of_the_new_set_that_follow_the_chain_activate_it()
    {
        Assert.That(swap.Activation().Ready, Has.Count.EqualTo(Quorum.Size(swap.Next.Count)));
        Assert.That(swap.Verdict(swap.Activation()), Is.EqualTo(ResultCode.Accepted));
        Assert.That(swap.Verdict(swap.Activation(1, 2, 4, 5)), Is.EqualTo(ResultCode.Accepted));
        Assert.That(swap.Verdict(swap.Activation(0, 1, 2, 3, 4, 5)), Is.EqualTo(ResultCode.Accepted));
    }

    [Test]
    public void Each_signs_about_its_own_head()
    {
        SeatActivate call = swap.Activation();
        for (int place = 0; place < call.Ready.Count; place++)
        {
            SeatActivate alone = swap.Activation();
            Seats.Sign(swap.Ledger, alone, swap.Next, swap.Ledger.Height - (ulong)place, [place]);
            call.Ready[place] = alone.Ready.Single();
        }

        Assert.That(call.Ready.Select(mark => mark.HeadHeight), Is.Unique);
        Assert.That(swap.Verdict(call), Is.EqualTo(ResultCode.Accepted));
    }

    [Test]
    public void A_forged_activation_is_refused_for_what_is_forged()
    {
        for (ulong seed = 1; seed <= Rounds; seed++)
        {
            foreach (Forgery forgery in new ActivationForge(swap, new TestRandom(seed)).All())
            {
                Assert.That(
                    swap.Verdict(forgery.Call), Is.EqualTo(forgery.Reason), $"{forgery.Name}, seed {seed}");
            }
        }
    }

    [Test]
    public void No_bit_of_an_activation_can_change()
    {
        byte[] call = swap.Activation().ToByteArray();
        byte[] body = swap.Body(swap.Activation()).ToByteArray();
        int from = body.AsSpan().IndexOf(call);
        Assert.That(from, Is.Positive, "the call stands in the body as it is");
        Assert.That(swap.Verdict(ByteString.CopyFrom(body)), Is.EqualTo(ResultCode.Accepted));
        HashSet<Enum> verdicts = [];
        for (int bit = 0; bit < call.Length * 8; bit++)
        {
            body[from + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Enum verdict = swap.Verdict(ByteString.CopyFrom(body));
            body[from + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.That(verdict, Is.Not.EqualTo(ResultCode.Accepted), $"bit {bit}");
            verdicts.Add(verdict);
        }

        // The bits must reach every judge, or they show little.
        Enum[] all =
        [
            TransactionRefusal.NotCanonical, TransactionRefusal.Malformed, TransactionRefusal.WrongProof,
            ResultCode.NoProposal, ResultCode.ReadyNotOfSet,
        ];
        Assert.That(all.Except(verdicts), Is.Empty);
    }
}
