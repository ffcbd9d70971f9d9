using System.Text;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;

namespace Ledger.Contracts.Transactions;

/// <summary>What of a change of the verb registry can be judged without state. Rule P-3.</summary>
internal static class VerbForm
{
    public static bool IsRight(ChangeVerbs change)
    {
        int changes = change.Add.Count + change.Join.Count + change.Withdraw.Count;
        if (changes is 0 or > VerbLimits.ChangesMax)
        {
            return false;
        }

        // Each thing is named once, so that the order in which they happen does not matter.
        SortedSet<uint> codes = [];
        SortedSet<string> iris = new(StringComparer.Ordinal);
        SortedSet<(string, string)> pairs = new(PairOrder.Instance);
        return change.Add.All(verb => IsRight(verb) && codes.Add(verb.Code) && iris.Add(verb.Iri))
            && change.Join.Concat(change.Withdraw).All(pair => IsRight(pair) && pairs.Add((pair.Iri, pair.Other)));
    }

    private static bool IsRight(VerbEntry verb) =>
        verb.Code is >= VerbLimits.FirstCode and <= VerbLimits.LastCode
        && IsLabel(verb.Vocabulary)
        && IsLabel(verb.Label)
        && TextForm.IsVerb(verb.Iri);

    private static bool IsRight(VerbPair pair) =>
        TextForm.IsVerb(pair.Iri) && TextForm.IsVerb(pair.Other)
        && Encoding.UTF8.GetBytes(pair.Iri).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Other)) < 0;

    private static bool IsLabel(string text) =>
        TextForm.IsName(text) && Encoding.UTF8.GetByteCount(text) <= VerbLimits.LabelBytesMax;

    private sealed class PairOrder : IComparer<(string Iri, string Other)>
    {
        public static PairOrder Instance { get; } = new();

        public int Compare((string Iri, string Other) left, (string Iri, string Other) right)
        {
            int first = string.CompareOrdinal(left.Iri, right.Iri);
            return first != 0 ? first : string.CompareOrdinal(left.Other, right.Other);
        }
    }
}
