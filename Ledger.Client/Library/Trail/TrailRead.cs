using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Trail;

/// <summary>
/// A read as the ledger counts it. Without content its box hides what it was, has lost it, or could not be asked.
/// </summary>
/// <param name="Leaf">Its place on the ledger.</param>
/// <param name="Content">What it was, checked against the ledger's commitment.</param>
/// <param name="Problem">Why there is no content; empty where there is.</param>
public sealed record TrailRead(TrailLeaf Leaf, TrailEntry? Content, string Problem);
