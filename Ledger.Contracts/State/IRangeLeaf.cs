using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>What stands at a place of a mountain range, as nodes keep it beside the state.</summary>
public interface IRangeLeaf : IMessage
{
    /// <summary>Its place in the range, from 0.</summary>
    ulong Index { get; }

    /// <summary>The block that appended it.</summary>
    ulong Height { get; }

    /// <summary>The hash that the range is built of.</summary>
    Hash256 LeafHash { get; }

    /// <summary>Whether all parts are there and as long as they must be, so that it can be hashed.</summary>
    bool IsWellFormed { get; }
}
