using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;

namespace Ledger.Node.Custody;

/// <summary>A record of another writer whose commitment was computed anew and is that of its leaf.</summary>
public sealed record VerifiedCopy(RangeName Range, RecordLeaf Leaf, KeptRecord Record);
