using System.Text;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>What names an LLPC: a learner and the exact IRI of a verb, one over all institutions.</summary>
public readonly struct LlpcName : IEquatable<LlpcName>
{
    /// <summary>Takes a learner and a verb's IRI, and hashes the IRI once.</summary>
    public LlpcName(Address learner, string verb)
        : this(learner, verb, HashOf(verb))
    {
    }

    internal LlpcName(Address learner, string verb, Hash256 verbHash)
    {
        Learner = learner;
        Verb = verb;
        VerbHash = verbHash;
    }

    /// <summary>The learner.</summary>
    public Address Learner { get; }

    /// <summary>The verb's IRI.</summary>
    public string Verb { get; }

    /// <summary>H(Verb tag, UTF-8 IRI), as keys hold it.</summary>
    public Hash256 VerbHash { get; }

    /// <summary>H(Verb tag, UTF-8 IRI).</summary>
    public static Hash256 HashOf(string verb) => TaggedHash.Of(Tags.Verb, Encoding.UTF8.GetBytes(verb));

    /// <inheritdoc/>
    public bool Equals(LlpcName other) => Learner == other.Learner && VerbHash == other.VerbHash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LlpcName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => VerbHash.Prefix ^ Learner.GetHashCode();
}
