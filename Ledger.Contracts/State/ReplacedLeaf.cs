using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>A leaf of a mountain range that another one takes the place of.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Before">The hash that stands there.</param>
/// <param name="After">The hash that is to stand there.</param>
public readonly record struct ReplacedLeaf(ulong Index, Hash256 Before, Hash256 After);
