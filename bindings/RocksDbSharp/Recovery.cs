namespace RocksDbSharp;

/// <summary>What is done at opening with a write-ahead log that is damaged.</summary>
public enum Recovery
{
    /// <summary>An incomplete record at the end of any log is dropped.</summary>
    TolerateCorruptedTailRecords = 0,

    /// <summary>Any damage is an error.</summary>
    AbsoluteConsistency = 1,

    /// <summary>What precedes the damage is kept.</summary>
    PointInTime = 2,

    /// <summary>Damaged records are left out, which salvages what it can and keeps no order.</summary>
    SkipAnyCorruptedRecords = 3,
}
