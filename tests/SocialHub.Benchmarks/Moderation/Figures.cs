using System.Globalization;

namespace SocialHub.Benchmarks.Moderation;

/// <summary>Gathers rows of the table, further tables, and the texts that were judged otherwise than they should be.</summary>
internal sealed class Figures
{
    private readonly List<string> _goals = [];
    private readonly List<(string Heading, string[] Columns, List<string> Rows)> _tables = [];
    private readonly List<string> _details = [];

    /// <summary>A share that should be high.</summary>
    public void AtLeast(string measure, double goal, int hits, int of) => Goal(measure, "≥ " + Share(goal), of == 0 ? "–" : Share((double)hits / of), of, of > 0 && (double)hits / of >= goal);

    /// <summary>A share that should be low.</summary>
    public void AtMost(string measure, double goal, int hits, int of) => Goal(measure, "≤ " + Percent(goal), of == 0 ? "–" : $"{Percent((double)hits / of)} ({hits})", of, of > 0 && (double)hits / of <= goal);

    /// <summary>A number that should be low.</summary>
    public void Count(string measure, int most, int hits, int of) => Goal(measure, most == 0 ? "0" : $"≤ {most}", hits.ToString(CultureInfo.InvariantCulture), of, hits <= most);

    /// <summary>A number that nothing is asked of.</summary>
    public void Beside(string measure, int hits, int of) => _goals.Add($"| {measure} | – | {(of == 0 ? "–" : $"{Percent((double)hits / of)} ({hits})")} | {of:N0} | |");

    public void Table(string heading, string[] columns, IEnumerable<string[]> rows) => _tables.Add((heading, columns, [.. rows.Select(row => "| " + string.Join(" | ", row) + " |")]));

    /// <summary>Lines for the file of details, below a heading; a tab or a line feed in them would break it.</summary>
    public void Detail(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0) return;
        _details.Add($"## {heading} ({all.Count})");
        _details.AddRange(all.Select(line => line.ReplaceLineEndings(" ")));
        _details.Add("");
    }

    public void Print(TextWriter output)
    {
        output.WriteLine("| measure | goal | got | n | reached |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var row in _goals) output.WriteLine(row);
        foreach (var (heading, columns, rows) in _tables)
        {
            output.WriteLine();
            output.WriteLine($"#### {heading}");
            output.WriteLine();
            output.WriteLine("| " + string.Join(" | ", columns) + " |");
            output.WriteLine("|" + string.Concat(columns.Select(_ => "---|")));
            foreach (var row in rows) output.WriteLine(row);
        }
    }

    public Task WriteDetailsAsync(string path) => File.WriteAllLinesAsync(path, _details);

    public static string Share(double share) => share.ToString(".000", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private void Goal(string measure, string goal, string got, int of, bool reached) =>
        _goals.Add(string.Create(CultureInfo.InvariantCulture, $"| {measure} | {goal} | **{got}** | {of:N0} | {(of == 0 ? "" : reached ? "yes" : "no")} |"));
}
