using System.Buffers.Binary;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>A numbered instance of an LLPC that ends by itself: a grant or a request.</summary>
internal readonly record struct LlpcInstance(LlpcName Name, ulong Number)
{
    /// <summary>What a key of kind, learner, verb and number names.</summary>
    public static LlpcInstance Of(IStateView state, StateKey key)
    {
        ReadOnlySpan<byte> raw = key.Raw.Span;
        Address learner = new(raw.Slice(1, Address.Size));
        Hash256 verbHash = new(raw.Slice(1 + Address.Size, Hash256.Size));

        // The key holds the verb's hash; the LLPC knows the IRI.
        Llpc? llpc = state.Find(new StateKey(StateKeys.Prefix(StateKind.Llpc, learner, verbHash)), Llpc.Parser);
        Invariant.That(llpc is not null);
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(raw[^sizeof(ulong)..]);
        return new LlpcInstance(new LlpcName(learner, llpc.Verb), number);
    }
}
