using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Mutations;

/// <summary>
/// A ledger in epoch 1 with six seats, where an approved change waits that gives one of them to a newcomer.
/// </summary>
internal sealed class SwapOfSeats
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 5).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty joiner = new("joiner");
    private readonly TestParty newcomer = new("newcomer");

    public SwapOfSeats()
    {
        Ledger = new TestLedger(schools);
        Ledger.AddMember(joiner, InstitutionKind.LearningProvider, schools[..4]);
        Ledger.AddMember(newcomer, InstitutionKind.LearningProvider, schools[..4]);
        ulong addition = Seats.Approve(Ledger, joiner, schools, [], Seats.Add(Ledger, joiner));
        Ledger.Accept(joiner, Seats.Activate(Ledger, addition));
        Proposal = Seats.Approve(
            Ledger, newcomer, [.. schools, joiner], [], Seats.Replace(Ledger, schools[0], newcomer));
        Next = [.. ValidatorSeat.Of(Ledger.State)
            .Where(seat => seat.Address != schools[0].Address)
            .Append(new ValidatorSeat(newcomer.Address, newcomer.VoteKey))
            .OrderBy(seat => seat.Address)];
    }

    public TestLedger Ledger { get; }

    public ulong Proposal { get; }

    /// <summary>The set that begins.</summary>
    public IReadOnlyList<ValidatorSeat> Next { get; }

    /// <summary>The key of the seat that ends.</summary>
    public PublicKeyBytes EndedKey => schools[0].VoteKey;

    /// <summary>The activation with ready marks of q of the new set, or of these places.</summary>
    public SeatActivate Activation(params int[] places) => Seats.Activate(Ledger, Proposal, places).SeatActivate;

    /// <summary>What a validator of the new set says with a mark of a call.</summary>
    public ReadyStatement StatementOf(SeatActivate call, ReadyMark mark) => new(
        Ledger.ChainId, call.Epoch, new Hash256(call.OldSet.Span), new Hash256(call.NewSet.Span), mark.HeadHeight,
        new Hash256(mark.HeadHash.Span));

    /// <summary>A member's transaction with this call alone.</summary>
    public TransactionBody Body(SeatActivate call) => TestTransaction.Body(
        1, Ledger.TimeMs + TestLedger.BlockMs, [joiner], [new Operation { SeatActivate = call }]);

    /// <summary>What a node answers: a refusal of the transaction, or the code of its call.</summary>
    public Enum Verdict(SeatActivate call) => Verdict(Body(call).ToByteString());

    /// <summary>The same for any bytes that the member signs as a body.</summary>
    public Enum Verdict(ByteString body)
    {
        TransactionReading reading = TestTransaction.Read(
            TestTransaction.Sign(body, [joiner.Key], Ledger.ChainId), Ledger.ChainId);
        return reading.IsRead ? Ledger.Probe(reading.Transaction).Code : reading.Refusal;
    }
}
