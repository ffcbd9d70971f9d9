using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// What a replica knows, in one place for all phases. Only the head, the view and what is in the vote state outlive a
/// restart as such; the rest is found again from stored items and messages.
/// </summary>
internal sealed class ReplicaState(
    Hash256 chainId, Address self, ISignatureVerifier verifier, Predicate<PublicKeyBytes> holdsKey, ValidatorSet set)
{
    public Hash256 ChainId => chainId;

    public Address Self => self;

    public ISignatureVerifier Verifier => verifier;

    /// <summary>The committed head.</summary>
    public ulong HeadHeight { get; set; }

    public Hash256 HeadHash { get; set; }

    public long HeadTimeUnixMs { get; set; }

    /// <summary>The epoch of the height in flight.</summary>
    public ulong Epoch { get; set; }

    /// <summary>The set of the height in flight.</summary>
    public ValidatorSet Set { get; set; } = set;

    /// <summary>Whether this process has a seat in <see cref="Set"/>, and now the seat's key.</summary>
    public bool HasSeat => Set.IndexOf(self) is int place and >= 0 && holdsKey(Set[place].VoteKey);

    /// <summary>h = H + 1.</summary>
    public ulong Height => HeadHeight + 1;

    /// <summary>Whether enough others have said what they saw of this key (S-9).</summary>
    public bool Witnessed { get; set; }

    /// <summary>Whether the key was used elsewhere, so that nothing is voted for any more (S-8).</summary>
    public bool Stopped { get; set; }

    /// <summary>Whether it takes part in votes and view changes.</summary>
    public bool IsValidator => HasSeat && Witnessed && !Stopped;

    /// <summary>Why it does or does not.</summary>
    public Standing Standing =>
        Stopped ? Standing.Stopped
        : !HasSeat ? Standing.Observer
        : Witnessed ? Standing.Voting
        : Standing.Waiting;

    /// <summary>What the host drew for this start (S-9).</summary>
    public ulong StartNonce { get; init; }

    public WitnessLog Witnesses { get; } = new();

    /// <summary>The view that was entered.</summary>
    public ulong View { get; set; }

    /// <summary>
    /// Whether the view was entered in an epoch that is over, so that nobody can show how it began to those that were
    /// still leaving for it when the epoch ended (C-10).
    /// </summary>
    public bool ViewIsOfFormerEpoch { get; set; }

    /// <summary>For how many ticks f + 1 have been leaving for a view that they cannot be shown (C-10).</summary>
    public int MissedTicks { get; set; }

    /// <summary>The view that is waited for; null outside a view change.</summary>
    public ulong? LeavingFor { get; set; }

    /// <summary>The highest view left for or entered.</summary>
    public ulong ViewReached => LeavingFor ?? View;

    /// <summary>What the new view of <see cref="View"/> at the height in flight obliges to.</summary>
    public CarriedValue Carried { get; set; }

    /// <summary>The newest valid new view of the epoch (C-15).</summary>
    public VerifiedMessage? NewView { get; set; }

    /// <summary>To whom the new view was sent when.</summary>
    public AnswerPace NewViewAnswers { get; } = new(Ticks.PerStatus / 2);

    /// <summary>Evidence that was told in this epoch.</summary>
    public EvidenceTold EvidenceTold { get; } = new();

    public AcceptedProposal? Accepted { get; set; }

    /// <summary>The highest prepared certificate at the height in flight, with its block (C-4).</summary>
    public CarriedValue Prepared { get; set; }

    public VoteLog Votes { get; } = new(set);

    public ViewChangeLog ViewChanges { get; } = new();

    public BlockLog Blocks { get; } = new();

    public CatchUpState CatchUp { get; } = new();

    /// <summary>One pre-prepare of each validator that came before its view or height (C-6).</summary>
    public SortedDictionary<Address, VerifiedMessage> EarlyProposals { get; } = [];

    /// <summary>Own messages of the height in flight, to be sent again (C-11).</summary>
    public SortedDictionary<(ulong View, MessageKind Kind), VerifiedMessage> Own { get; } = [];

    /// <summary>A decided block that is being executed before it can be committed.</summary>
    public Input.CertifiedBlockReceived? Certified { get; set; }

    public bool WorkPending { get; set; }

    /// <summary>
    /// Whether a block was asked for and has not come yet, and the tick from which it may be asked for again.
    /// </summary>
    public bool Building { get; set; }

    public ulong BuildAgainAt { get; set; }

    /// <summary>Whether work came after the block that is being built was asked for.</summary>
    public bool WorkCameWhileBuilding { get; set; }

    /// <summary>Whether a new view was asked to be signed for <see cref="LeavingFor"/>.</summary>
    public bool NewViewRequested { get; set; }

    /// <summary>Ticks since the start.</summary>
    public ulong Now { get; set; }

    /// <summary>When the view was entered, and what its leader was waited for (C-20).</summary>
    public LeaderWatch Watch { get; } = new();

    /// <summary>Views left since the last commit.</summary>
    public int ViewsLeft { get; set; }

    public int TimerTicksLeft { get; set; } = Ticks.TimeoutFirst;

    /// <summary>The effects of the step that runs.</summary>
    public ImmutableArray<Effect>.Builder Effects { get; } = ImmutableArray.CreateBuilder<Effect>();
}
