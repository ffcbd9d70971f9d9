using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>A verified record of another institution.</summary>
/// <param name="Box">Whose box gave it.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Height">The block on which its receipt stands.</param>
/// <param name="Record">The record with its proof.</param>
/// <param name="Receipt">Makes the receipt of it alone, a proof file.</param>
public sealed record GrantedRecord(
    Address Box, Address Writer, ulong Height, ReleasedRecord Record, Func<byte[]> Receipt);
