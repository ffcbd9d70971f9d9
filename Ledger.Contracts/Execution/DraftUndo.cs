using Google.Protobuf;

namespace Ledger.Contracts.Execution;

/// <summary>What a value of a draft was before it was set.</summary>
internal readonly record struct DraftUndo(
    DraftValue Value,
    bool Exists,
    bool IsSet,
    ReadOnlyMemory<byte> Bytes,
    IMessage? Message);
