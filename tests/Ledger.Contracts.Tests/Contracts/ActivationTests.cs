using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>How an approved change becomes the set of the next block.</summary>
[TestFixture]
public sealed class ActivationTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 5).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty joiner = new("joiner");
    private readonly TestParty spare = new("spare");
    private TestLedger ledger = null!;
    private ulong addition;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddMember(joiner, InstitutionKind.LearningProvider, schools[..4]);
        addition = Seats.Approve(ledger, joiner, schools, [], Seats.Add(ledger, joiner));
    }

    [Test]
    public void The_set_changes_with_the_next_block_and_the_epoch_grows_by_one()
    {
        Hash256 before = ValidatorSeat.HashOf(ValidatorSeat.Of(ledger.State));
        OperationResult result = ledger.Accept(joiner, Seats.Activate(ledger, addition));
        Assert.That(result.Number, Is.EqualTo(1));
        Assert.That(ledger.Last!.NextValidators, Has.Count.EqualTo(6));
        Assert.That(ledger.Last.NextValidators.Select(seat => seat.Address), Is.Ordered);
        Assert.That(ledger.State.Epoch(), Is.EqualTo(1));
        ValidatorSetInstance old = ledger.State.ValidatorSet(0)!;
        ValidatorSetInstance now = ledger.State.ValidatorSet(1)!;
        Assert.That(old.Hash, Is.EqualTo(before.ToField()));
        Assert.That((old.Interval.FromHeight, old.Interval.ToHeight), Is.EqualTo((0UL, ledger.Height + 1)));
        Assert.That((now.Interval.FromHeight, now.Interval.ToHeight), Is.EqualTo((ledger.Height + 1, 0UL)));
        Assert.That(now.Seats, Is.EqualTo(ledger.State.Roll().Seats));
        Assert.That(ledger.Last.Events.Single().Kind, Is.EqualTo(ContractEventKind.SeatsActivated));
        ledger.Expect(ResultCode.AlreadyActivated, joiner, Seats.Activate(ledger, addition));
    }

    [Test]
    public void Any_member_may_bring_it_and_nobody_else()
    {
        Operation activate = Seats.Activate(ledger, addition);
        Assert.That(ledger.Probe(spare, activate).Code, Is.EqualTo(ResultCode.NotRegistered));
        Assert.That(ledger.Probe(schools[4], activate).Code, Is.EqualTo(ResultCode.Accepted));
        Assert.That(
            ledger.Probe(joiner, Seats.Activate(ledger, 99)).Code, Is.EqualTo(ResultCode.NoProposal));
    }

    [Test]
    public void Any_q_of_the_new_set_will_do()
    {
        Assert.That(Code(Seats.Activate(ledger, addition, 1, 2, 3, 5)), Is.EqualTo(ResultCode.Accepted));
        Assert.That(Code(Seats.Activate(ledger, addition, 0, 1, 2, 3, 4, 5)), Is.EqualTo(ResultCode.Accepted));
        Assert.That(Code(Seats.Activate(ledger, addition, 1, 2, 3)), Is.EqualTo(ResultCode.NotReady));
        Assert.That(Code(Seats.Activate(ledger, addition, 1, 2, 2, 3)), Is.EqualTo(ResultCode.ReadyRepeated));
        Assert.That(Code(Seats.Activate(ledger, addition, 3, 2, 1, 0)), Is.EqualTo(ResultCode.ReadyRepeated));
    }

    [Test]
    public void What_was_signed_must_be_what_happens()
    {
        Assert.That(Changed(call => call.Epoch = 1), Is.EqualTo(ResultCode.WrongEpoch));
        Assert.That(Changed(call => call.OldSet = Calls.Commitment(1)), Is.EqualTo(ResultCode.WrongOldSet));
        Assert.That(Changed(call => call.NewSet = call.OldSet), Is.EqualTo(ResultCode.WrongNewSet));
    }

    [Test]
    public void A_mark_is_by_the_key_at_its_place()
    {
        Operation activate = Seats.Activate(ledger, addition);
        ReadyMark mark = activate.SeatActivate.Ready[3];
        mark.Validator = 4;
        Assert.That(Code(activate), Is.EqualTo(ResultCode.ReadyNotOfSet));
        mark.Validator = 6;
        Assert.That(Code(activate), Is.EqualTo(ResultCode.ReadyNotOfSet));
    }

    [Test]
    public void A_head_is_at_most_a_hundred_blocks_old()
    {
        Assert.That(RecentHeads.CountMax, Is.EqualTo(100), "the number of C-21");
        Operation activate = Seats.Activate(ledger, addition);
        for (int block = 1; block < RecentHeads.CountMax; block++)
        {
            ledger.Block();
        }

        Assert.That(Code(activate), Is.EqualTo(ResultCode.Accepted));
        ledger.Block();
        Assert.That(Code(activate), Is.EqualTo(ResultCode.StaleHead));
        ledger.Accept(joiner, Seats.Activate(ledger, addition));
    }

    [Test]
    public void A_head_of_another_chain_or_of_the_future_is_none()
    {
        Assert.That(Changed(static _ => { }, head: 4_000), Is.EqualTo(ResultCode.StaleHead));
        Assert.That(Changed(static _ => { }, ledger.Height + 1), Is.EqualTo(ResultCode.StaleHead));
    }

    [Test]
    public void One_activation_a_block()
    {
        ulong removal = Seats.Approve(ledger, joiner, schools, [], Seats.Remove(schools[0]));
        BlockResult block = ledger.Block(
            ledger.Transaction([joiner], [Seats.Activate(ledger, addition)], [Seats.Activate(ledger, removal)]));
        ResultCode[] codes = [.. block.Receipts.Select(one => OperationResult.Parser.ParseFrom(one.Result.Span).Code)];
        Assert.That(codes, Is.EqualTo(new[] { ResultCode.Accepted, ResultCode.SecondActivation }));
        ledger.Accept(joiner, Seats.Activate(ledger, removal));
        Assert.That(ledger.State.Epoch(), Is.EqualTo(2));
    }

    [Test]
    public void A_waiting_change_is_applied_to_the_set_that_is_current_then()
    {
        ulong removal = Seats.Approve(ledger, joiner, schools, [], Seats.Remove(schools[0]));
        Operation early = Seats.Activate(ledger, removal);
        ledger.Accept(joiner, Seats.Activate(ledger, addition));
        ledger.Expect(ResultCode.WrongEpoch, joiner, early);
        ledger.Accept(joiner, Seats.Activate(ledger, removal));
        Address[] left = [.. ledger.Last!.NextValidators.Select(seat => seat.Address)];
        Assert.That(left, Has.Length.EqualTo(5));
        Assert.That(left, Does.Contain(joiner.Address).And.Not.Contain(schools[0].Address));
    }

    [Test]
    public void A_waiting_change_that_no_longer_applies_says_why()
    {
        ulong first = Seats.Approve(ledger, joiner, schools, [], Seats.Remove(schools[0]));
        ulong second = Seats.Approve(ledger, schools[1], schools, [], Seats.Remove(schools[0]));
        ledger.Accept(joiner, Seats.Activate(ledger, first));
        ledger.Expect(ResultCode.NoSeat, joiner, Seats.Activate(ledger, second));

        ledger.Accept(schools[0], Seats.Accuse(joiner));
        foreach (TestParty voter in schools[1..4])
        {
            ledger.Do(voter, Seats.Revoke(joiner, ballot: 2));
        }

        ledger.Expect(ResultCode.NotAMember, schools[0], Seats.Activate(ledger, addition));
    }

    [Test]
    public void A_rotated_key_never_returns_and_a_removed_one_only_to_its_institution()
    {
        PublicKeyBytes next = spare.VoteKey;
        ulong rotation = ledger.Accept(
            schools[0], Seats.Rotate(ledger, schools[0], schools[0].VoteKey, next)).Number;
        ledger.Accept(schools[0], Seats.Activate(ledger, rotation));
        ledger.Expect(ResultCode.VoteKeyUsed, schools[0],
            Seats.Rotate(ledger, schools[0], next, schools[0].VoteKey));
        ledger.Expect(ResultCode.VoteKeyUsed, joiner,
            Seats.Propose(Seats.Add(ledger, joiner, schools[0].VoteKey)));
        IReadOnlyList<VoteKeyInstance> keys = ledger.State.Instances(
            StateKeys.VoteKeys(schools[0].Address), VoteKeyInstance.Parser);
        Assert.That(keys.Select(key => (key.Interval.FromHeight, key.Interval.ToHeight)),
            Is.EqualTo(new[] { (0UL, ledger.Height - 1), (ledger.Height - 1, 0UL) }));

        ulong removal = Seats.Approve(ledger, joiner, schools, [], Seats.Remove(schools[0]));
        ledger.Accept(schools[0], Seats.Activate(ledger, removal));
        ledger.Expect(ResultCode.VoteKeyUsed, joiner, Seats.Propose(Seats.Add(ledger, joiner, next)));
        ulong back = Seats.Approve(ledger, schools[0], schools, [], Seats.Add(ledger, schools[0], next));
        ledger.Accept(schools[0], Seats.Activate(ledger, back));
        Assert.That(ledger.State.Epoch(), Is.EqualTo(3));
    }

    [Test]
    public void The_key_of_a_validator_that_is_down_can_be_rotated()
    {
        // Five validators need four: those that are up sign, the fifth comes back with its new key.
        int down = 2;
        TestParty owner = schools.Single(
            school => school.Address == ValidatorSeat.Of(ledger.State)[down].Address);
        ulong rotation = ledger.Accept(
            owner, Seats.Rotate(ledger, owner, owner.VoteKey, spare.VoteKey)).Number;
        ledger.Accept(schools[0], Seats.Activate(ledger, rotation, 0, 1, 3, 4));
    }

    private ResultCode Code(Operation operation) => ledger.Probe(joiner, operation).Code;

    // With marks that are signed over what the call says.
    private ResultCode Changed(Action<SeatActivate> change, ulong? head = null)
    {
        Operation activate = Seats.Activate(ledger, addition);
        IReadOnlyList<ValidatorSeat> next = [.. ValidatorSeat.Of(ledger.State),
            new ValidatorSeat(joiner.Address, joiner.VoteKey)];
        change(activate.SeatActivate);
        Seats.Sign(
            ledger,
            activate.SeatActivate,
            [.. next.OrderBy(seat => seat.Address)],
            head ?? ledger.Height,
            [0, 1, 2, 3]);
        return Code(activate);
    }
}
