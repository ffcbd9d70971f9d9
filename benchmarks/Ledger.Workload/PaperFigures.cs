namespace Ledger.Workload;

/// <summary>The totals that the paper's text gives for its test data (Table 6) and transactions (figure 6).</summary>
public static class PaperFigures
{
    /// <summary>Students in the whole population.</summary>
    public const int PopulationStudents = 651;

    /// <summary>Learning records in the whole population.</summary>
    public const int PopulationRecords = 498_842;

    /// <summary>Records in the sample that was written to the ledger.</summary>
    public const int SampleRecords = 500;

    /// <summary>Students whom the sampled records reflect.</summary>
    public const int SampleStudents = 291;

    /// <summary>Transactions in all.</summary>
    public const int Operations = 3_104;

    /// <summary>Transactions that write index and permission entries of UIC and PIC.</summary>
    public const int IndexOperations = 1_000;
}
