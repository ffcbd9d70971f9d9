using System.Text;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Transactions;

/// <summary>Changes of the verb registry, which members decide as measures.</summary>
public static partial class Operations
{
    /// <summary>Proposes a change of the verb registry.</summary>
    public static Operation ChangeVerbs(ChangeVerbs change) => MeasurePropose(new Measure { Verbs = change });

    /// <summary>Two IRIs that mean the same, in the order of the ledger: by the bytes of UTF-8.</summary>
    public static VerbPair VerbPairOf(string iri, string other)
    {
        bool isOrdered = Encoding.UTF8.GetBytes(iri).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)) < 0;
        return isOrdered
            ? new VerbPair { Iri = iri, Other = other }
            : new VerbPair { Iri = other, Other = iri };
    }
}
