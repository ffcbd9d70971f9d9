using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// How much evidence was told against each validator in an epoch: a few pieces prove what many do (C-6).
/// </summary>
internal sealed class EvidenceTold
{
    /// <summary>Pieces against one validator in one epoch.</summary>
    public const int PiecesMax = 4;

    private readonly SortedDictionary<Address, int> pieces = [];

    /// <summary>Whether one more may be told; it is then taken to be.</summary>
    public bool MayTell(Address validator)
    {
        int told = pieces.GetValueOrDefault(validator);
        if (told >= PiecesMax)
        {
            return false;
        }

        pieces[validator] = told + 1;
        return true;
    }

    /// <summary>An epoch begins.</summary>
    public void Clear() => pieces.Clear();
}
