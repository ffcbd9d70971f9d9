using Ledger.Client.Keys;
using Ledger.Client.Seats;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Seats;

public sealed class MembershipPlanTests
{
    // The bound of each number of validators, as the tables of the field give them.
    private static readonly (int Faulty, int Quorum)[] Bounds =
        [(0, 1), (0, 2), (0, 2), (1, 3), (1, 4), (1, 4), (2, 5), (2, 6), (2, 6), (3, 7), (3, 8), (3, 8), (4, 9),
            (4, 10), (4, 10), (5, 11)];

    [Test]
    public void A_plan_shows_both_sets_for_every_size()
    {
        for (int count = 1; count < ValidatorSet.CountMax; count++)
        {
            ValidatorSet set = SetOf(count);
            MembershipPlan plan = MembershipPlan.Of(set, [AdditionOf(count)], Everybody(count + 1));
            Assert.That((plan.Before.Set.FaultyMax, plan.Before.Set.Quorum), Is.EqualTo(Bounds[count - 1]));
            Assert.That((plan.After!.Set.FaultyMax, plan.After.Set.Quorum), Is.EqualTo(Bounds[count]));
            Assert.That(plan.After.Set.Count, Is.EqualTo(count + 1));
            Assert.That(plan.Joining, Is.EqualTo(new[] { AddressOf(count) }));
            Assert.That(plan.IsFeasible, Is.True);
            Assert.That(plan.Blocking, Is.Empty);
        }
    }

    [Test]
    public void The_fifth_validator_takes_the_spare_one_away()
    {
        SortedSet<Address> live = Everybody(4);
        live.Remove(AddressOf(3));

        MembershipPlan plan = MembershipPlan.Of(SetOf(4), [AdditionOf(4)], live);

        Assert.That((plan.Before.ReachesQuorum, plan.Before.Spare), Is.EqualTo((true, 0)));
        Assert.That((plan.After!.ReachesQuorum, plan.After.Needed), Is.EqualTo((false, 1)));
        Assert.That(plan.IsFeasible, Is.False);
        Assert.That(plan.Blocking, Is.EqualTo(new[] { AddressOf(3), AddressOf(4) }.Order()));
    }

    [Test]
    public void A_swap_of_the_one_that_is_down_makes_the_set_whole()
    {
        SortedSet<Address> live = Everybody(5);
        live.Remove(AddressOf(0));
        SeatChange swap = SeatChangeFactory.Replace(AddressOf(0), AddressOf(4), KeyOf(4), new byte[64]);

        MembershipPlan plan = MembershipPlan.Of(SetOf(4), [swap], live);

        Assert.That(plan.IsFeasible, Is.True);
        Assert.That(plan.Leaving, Is.EqualTo(new[] { AddressOf(0) }));
        Assert.That(plan.Joining, Is.EqualTo(new[] { AddressOf(4) }));
        Assert.That((plan.Before.Spare, plan.After!.Spare), Is.EqualTo((0, 1)));
        Assert.That(plan.After.Missing, Is.Empty);
    }

    [Test]
    public void A_set_that_cannot_decide_any_more_cannot_change_either()
    {
        SeatChange removal = SeatChangeFactory.Remove(AddressOf(0));
        MembershipPlan plan = MembershipPlan.Of(
            SetOf(4), [removal], new SortedSet<Address> { AddressOf(1), AddressOf(2) });

        Assert.That(plan.After!.ReachesQuorum, Is.True, "Two of three would do");
        Assert.That(plan.IsFeasible, Is.False, "but the block of the change needs three of four.");
        Assert.That(plan.Blocking, Is.EqualTo(new[] { AddressOf(0), AddressOf(3) }.Order()));
    }

    [Test]
    public void A_rotation_changes_a_key_and_no_number()
    {
        SeatChange rotation = SeatChangeFactory.Rotate(AddressOf(1), KeyOf(1), KeyOf(9), new byte[64]);

        MembershipPlan plan = MembershipPlan.Of(SetOf(4), [rotation], Everybody(4));

        Assert.That(plan.Rotating, Is.EqualTo(new[] { AddressOf(1) }));
        Assert.That(plan.Joining.Concat(plan.Leaving), Is.Empty);
        Assert.That(plan.After!.Set.Hash, Is.Not.EqualTo(plan.Before.Set.Hash));
    }

    [Test]
    public void A_change_that_makes_no_set_is_told_by_its_code()
    {
        Assert.That(Refused(SetOf(1), SeatChangeFactory.Remove(AddressOf(0))), Is.EqualTo(ResultCode.SetEmpty));
        Assert.That(Refused(SetOf(16), AdditionOf(16)), Is.EqualTo(ResultCode.SetTooLarge));
        Assert.That(Refused(SetOf(4), AdditionOf(3)), Is.EqualTo(ResultCode.SeatTaken));
        Assert.That(Refused(SetOf(4), SeatChangeFactory.Remove(AddressOf(4))), Is.EqualTo(ResultCode.NoSeat));
        Assert.That(
            Refused(SetOf(4), SeatChangeFactory.Add(AddressOf(4), KeyOf(3), new byte[64])),
            Is.EqualTo(ResultCode.VoteKeyUsed));
    }

    [Test]
    public void A_proof_of_a_vote_key_binds_chain_and_institution()
    {
        using SigningKey key = SigningKey.FromSecret(Enumerable.Repeat((byte)7, SigningKey.SecretSize).ToArray());
        Hash256 chain = TaggedHash.Of("test/chain"u8, []);
        byte[] proof = SeatChangeFactory.ProofOf(chain, AddressOf(1), key);
        Assert.That(SeatChangeFactory.IsProof(chain, AddressOf(1), key.PublicKey, proof), Is.True);
        Assert.That(SeatChangeFactory.IsProof(chain, AddressOf(2), key.PublicKey, proof), Is.False);
        Assert.That(SeatChangeFactory.IsProof(default, AddressOf(1), key.PublicKey, proof), Is.False);
    }

    private static ResultCode? Refused(ValidatorSet set, SeatChange change)
    {
        MembershipPlan plan = MembershipPlan.Of(set, [change], Everybody(17));
        Assert.That(plan.After, Is.Null);
        Assert.That(plan.IsFeasible, Is.False);
        return plan.Refusal;
    }

    private static SeatChange AdditionOf(int place) =>
        SeatChangeFactory.Add(AddressOf(place), KeyOf(place), new byte[64]);

    private static SortedSet<Address> Everybody(int count) => [.. Enumerable.Range(0, count).Select(AddressOf)];

    private static ValidatorSet SetOf(int count) =>
        ValidatorSet.Of(Enumerable.Range(0, count).Select(place => new Validator(AddressOf(place), KeyOf(place))));

    private static Address AddressOf(int place) => new(TaggedHash.Of("test/address"u8, [(byte)place]));

    private static PublicKeyBytes KeyOf(int place) =>
        new(TaggedHash.Of("test/key"u8, [(byte)place]).ToArray());
}
