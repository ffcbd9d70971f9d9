namespace Ledger.Node.Records.Caliper;

/// <summary>The versions of Caliper Analytics that are taken in, in order.</summary>
internal enum CaliperVersion
{
    /// <summary>Version 1.1 of 2018.</summary>
    V1p1 = 1,

    /// <summary>Version 1.2 of 2020.</summary>
    V1p2 = 2,
}
