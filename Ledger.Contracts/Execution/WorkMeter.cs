using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>Counts what an operation does with the draft. Counts only while an operation runs.</summary>
internal sealed class WorkMeter
{
    private ulong bytes;
    private ulong signatures;
    private ulong reads;
    private ulong readBytes;
    private ulong writes;
    private ulong writtenBytes;
    private ulong records;

    /// <summary>The number of the operation that runs, from 1; 0 while none does.</summary>
    public ulong Running { get; private set; }

    private ulong Last { get; set; }

    /// <summary>An operation begins.</summary>
    public void Begin(ulong operationBytes, ulong operationSignatures)
    {
        Last++;
        Running = Last;
        (bytes, signatures, reads, readBytes, writes, writtenBytes, records) =
            (operationBytes, operationSignatures, 0, 0, 0, 0, 0);
    }

    /// <summary>The operation has ended.</summary>
    public OperationWork End()
    {
        Running = 0;
        return new OperationWork
        {
            Bytes = bytes,
            Signatures = signatures,
            Reads = reads,
            ReadBytes = readBytes,
            Writes = writes,
            WrittenBytes = writtenBytes,
            Records = records,
        };
    }

    /// <summary>A value is looked at.</summary>
    public void Read(DraftValue value)
    {
        if (Running == 0 || value.ReadBy == Running)
        {
            return;
        }

        value.ReadBy = Running;
        reads++;
        readBytes += (ulong)value.Length;
    }

    /// <summary>A value is set. Set again by the same operation, it counts with its new length alone.</summary>
    public void Write(DraftValue value, int length)
    {
        if (Running == 0)
        {
            return;
        }

        if (value.WrittenBy != Running)
        {
            value.WrittenBy = Running;
            value.CountedBytes = 0;
            writes++;
            writtenBytes += (ulong)value.Key.Raw.Length;
        }

        writtenBytes = writtenBytes - (ulong)value.CountedBytes + (ulong)length;
        value.CountedBytes = length;
    }

    /// <summary>A record is sought by its locator.</summary>
    public void Record()
    {
        records += Running == 0 ? 0UL : 1UL;
    }
}
