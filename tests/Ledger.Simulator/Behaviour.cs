namespace Ledger.Simulator;

/// <summary>How an identity behaves. All but the first count towards f.</summary>
public enum Behaviour
{
    /// <summary>Follows the protocol, may crash and restart.</summary>
    Honest,

    /// <summary>Never says anything.</summary>
    Dead,

    /// <summary>
    /// Two whole nodes with one key, each of which talks to some of the others: equivocation and amnesia.
    /// </summary>
    Twins,

    /// <summary>
    /// Votes at once for whatever it sees, in every view, and leaves views with an empty view change.
    /// </summary>
    VotesForAll,

    /// <summary>
    /// Claims heights that do not exist and answers with forged certificates, where it is wished also unasked.
    /// </summary>
    Liar,
}
