using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Tests.Standalone;

/// <summary>What this runtime would run differently than Azure, or not at all, keeps it from starting.</summary>
public sealed class FunctionCatalogTests
{
    [Theory]
    [InlineData(typeof(UnknownBinding), "UnknownBinding: parameter body has [FromBodyAttribute], which this runtime does not know.")]
    [InlineData(typeof(UnknownType), "UnknownType: parameter context of type HttpContext is not known.")]
    [InlineData(typeof(KeyLevel), "KeyLevel: AuthorizationLevel.Function is a key check of Azure's host; use Anonymous and the authoriser.")]
    [InlineData(typeof(NoMethods), "NoMethods: [HttpTrigger] must name its methods.")]
    [InlineData(typeof(EmptyRoute), "EmptyRoute: the empty route never triggers on Azure; the root is '{ignored:maxlength(0)?}'.")]
    [InlineData(typeof(Reserved), "Reserved: route 'admin/x': the host keeps /admin for itself.")]
    [InlineData(typeof(ReturnsString), "ReturnsString: it must return IResult or Task<IResult>, not Task<String>.")]
    [InlineData(typeof(MaybeQuery), "MaybeQuery: parameter page is not in the route, so it is a query value that may be absent: make it nullable.")]
    [InlineData(typeof(MessageType), "MessageType: parameter message of [QueueTrigger] must be a string, not Byte[].")]
    [InlineData(typeof(OtherConnection), "OtherConnection: [QueueTrigger] Connection = \"Elsewhere\": only the default connection is known.")]
    [InlineData(typeof(QueueOutput), "QueueOutput: it must return Task, not Task<String>.")]
    [InlineData(typeof(StartupTimer), "StartupTimer: [TimerTrigger] RunOnStartup is not known: every cold start would run it.")]
    [InlineData(typeof(Unmonitored), "Unmonitored: [TimerTrigger] UseMonitor = false is not known: a missed run would be lost.")]
    [InlineData(typeof(FiveFields), "FiveFields: schedule '* * * * *' is not six fields of NCrontab (second minute hour day month weekday).")]
    [InlineData(typeof(MissingSetting), "MissingSetting: '%NoSuchSetting%' needs the setting NoSuchSetting, which is not there.")]
    [InlineData(typeof(TwoTriggers), "TwoTriggers: it must have exactly one parameter with a trigger, and has 2.")]
    [InlineData(typeof(NotPublic), "NotPublic: NotPublic.Run must be a public instance method, not generic, of a public class.")]
    [InlineData(typeof(SameName), "Same: the name is given to SameName.One and SameName.Two.")]
    [InlineData(typeof(Overlap), "Details: a request to /products/List could also mean List (routes 'products/{id}' and 'products/List'); Azure takes the first by name, so make them distinct, with a constraint for instance.")]
    public void A_function_that_it_does_not_know_is_refused_by_name(Type type, string error) =>
        Assert.Equal([error], Assert.Throws<UnsupportedFunctionException>(() => Of(type)).Errors);

    [Fact]
    public void All_errors_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<UnsupportedFunctionException>(() => Of(typeof(KeyLevel), typeof(NoMethods), typeof(FiveFields))).Errors.Count);

    [Fact]
    public void A_setting_in_a_name_is_replaced()
    {
        var catalog = Of(typeof(Fine));
        Assert.Equal("hints", Assert.Single(catalog.Queues).Queue);
        Assert.Equal("0 0,5,10,15,20,25,30,35,40,45,50,55 * * * *", Assert.Single(catalog.Timers).Schedule.ToString());
        Assert.Equal(["GET", "HEAD"], Assert.Single(catalog.Http).Methods);
    }

    [Theory]
    [InlineData("feeds/{feed}", "feeds/{feed}.rss", true)]
    [InlineData("feeds/{feed:regex(^[[a-z0-9-]]+$)}", "feeds/{feed}.rss", false)]
    [InlineData("{ignored:maxlength(0)?}", "{page}", false)]
    [InlineData("a/{x:int}", "a/b", false)]
    [InlineData("a/{x:int}", "a/{y:guid}", false)]
    [InlineData("a/{x}/c", "a/b/{y}", true)]
    [InlineData("a/{*rest}", "a/b/{y}", true)]
    [InlineData("a/{x?}", "a", true)]
    [InlineData("a/{x}", "a/{x}/b", false)]
    [InlineData("A/b", "a/B", true)]
    public void Two_routes_that_one_request_could_mean_are_found(string one, string other, bool overlap)
    {
        var method = typeof(Fine).GetMethod(nameof(Fine.Http))!;
        Assert.Equal(overlap, RouteOverlap.Find([new HttpFunction("One", method, [], one, ["GET"]), new HttpFunction("Other", method, [], other, ["POST", "GET"])]).Any());
        Assert.Empty(RouteOverlap.Find([new HttpFunction("One", method, [], one, ["GET"]), new HttpFunction("Other", method, [], other, ["POST"])]));
    }

    private static FunctionCatalog Of(params Type[] types) => FunctionCatalog.Of(types, new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Minutes"] = "*/5", ["Queue"] = "hints" }).Build());

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class FromBodyAttribute : Attribute;

    public sealed class Fine
    {
        [Function("FineHttp")]
        public Task<IResult> Http([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "a/{b:int}")] HttpRequest request, int b, string? c, CancellationToken stop) => Task.FromResult(Results.Ok());

        [Function("FineQueue")]
        public Task Queue([QueueTrigger("%Queue%")] string hint, CancellationToken stop) => Task.CompletedTask;

        [Function("FineTimer")]
        public Task Timer([TimerTrigger("0 %Minutes% * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class UnknownBinding
    {
        [Function("UnknownBinding")]
        public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request, [FromBody] string? body) => Task.FromResult(Results.Ok());
    }

    public sealed class UnknownType
    {
        [Function("UnknownType")]
        public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request, HttpContext context) => Task.FromResult(Results.Ok());
    }

    public sealed class KeyLevel
    {
        [Function("KeyLevel")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "a")] HttpRequest request) => Results.Ok();
    }

    public sealed class NoMethods
    {
        [Function("NoMethods")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "b")] HttpRequest request) => Results.Ok();
    }

    public sealed class EmptyRoute
    {
        [Function("EmptyRoute")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "")] HttpRequest request) => Results.Ok();
    }

    public sealed class Reserved
    {
        [Function("Reserved")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "admin/x")] HttpRequest request) => Results.Ok();
    }

    public sealed class ReturnsString
    {
        [Function("ReturnsString")]
        public Task<string> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) => Task.FromResult("");
    }

    public sealed class MaybeQuery
    {
        [Function("MaybeQuery")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request, string page) => Results.Ok();
    }

    public sealed class MessageType
    {
        [Function("MessageType")]
        public Task Run([QueueTrigger("q")] byte[] message) => Task.CompletedTask;
    }

    public sealed class OtherConnection
    {
        [Function("OtherConnection")]
        public Task Run([QueueTrigger("q", Connection = "Elsewhere")] string message) => Task.CompletedTask;
    }

    public sealed class QueueOutput
    {
        [Function("QueueOutput")]
        public Task<string> Run([QueueTrigger("q")] string message) => Task.FromResult("");
    }

    public sealed class StartupTimer
    {
        [Function("StartupTimer")]
        public Task Run([TimerTrigger("0 * * * * *", RunOnStartup = true)] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class Unmonitored
    {
        [Function("Unmonitored")]
        public Task Run([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class FiveFields
    {
        [Function("FiveFields")]
        public Task Run([TimerTrigger("* * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class MissingSetting
    {
        [Function("MissingSetting")]
        public Task Run([TimerTrigger("%NoSuchSetting%")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class TwoTriggers
    {
        [Function("TwoTriggers")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [QueueTrigger("q")] string message) => Task.CompletedTask;
    }

    private sealed class NotPublic
    {
        [Function("NotPublic")]
        public Task Run([QueueTrigger("q")] string message) => Task.CompletedTask;
    }

    public sealed class SameName
    {
        [Function("Same")]
        public Task One([QueueTrigger("q")] string message) => Task.CompletedTask;

        [Function("same")]
        public Task Two([QueueTrigger("q")] string message) => Task.CompletedTask;
    }

    public sealed class Overlap
    {
        [Function("Details")]
        public IResult Details([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products/{id}")] HttpRequest request, string id) => Results.Ok();

        [Function("List")]
        public IResult List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products/List")] HttpRequest request) => Results.Ok();
    }
}
