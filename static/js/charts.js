// Draws <div data-chart="map|line|bar" data-source="id of a json_script">. Each chart stands
// beside a table with the same figures, so it is a picture for those who see, not the source.
/* global echarts */
const FONT = getComputedStyle(document.body).fontFamily;
const COLOURS = ["#1d5fa8", "#c8102e", "#1b6b43", "#d18b00", "#6b4ba0"];
const TOOLTIP = { renderMode: "richText", confine: true };

async function map(chart, data) {
  const outlines = await (await fetch(data.outlines)).json();
  outlines.features = outlines.features.filter((feature) => feature.properties.adcode !== "dongsha");
  echarts.registerMap("guangdong", outlines);
  chart.setOption({
    textStyle: { fontFamily: FONT },
    tooltip: { ...TOOLTIP, formatter: (item) => item.data?.text ?? item.name },
    series: [{
      type: "map", map: "guangdong", nameProperty: "name", roam: false, selectedMode: false, top: 8, bottom: 8,
      label: { show: true, fontSize: 10, color: "#1c2733", formatter: (item) => item.data?.label ?? item.name.replace("市", "") },
      itemStyle: { borderColor: "#fff", borderWidth: 1, areaColor: "#e6e9ec" },
      emphasis: { label: { show: true }, itemStyle: { areaColor: "#ffe08a" } },
      data: data.places.map((place) => ({
        name: place.name, text: place.text, url: place.url, label: place.label,
        itemStyle: { areaColor: place.colour },
        labelLine: { show: false },
        label: undefined,
      })),
    }],
  });
  chart.on("click", (item) => { if (item.data?.url) window.location = item.data.url; });
}

function line(chart, data) {
  chart.setOption({
    textStyle: { fontFamily: FONT }, color: COLOURS, tooltip: { ...TOOLTIP, trigger: "axis" },
    legend: { top: 0, itemHeight: 8, textStyle: { fontSize: 11 } },
    grid: { left: 8, right: 16, top: 30, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: data.labels, axisLabel: { fontSize: 10 } },
    yAxis: { type: "value", scale: !data.fromZero, name: data.unit, nameTextStyle: { fontSize: 10 }, axisLabel: { fontSize: 10 } },
    series: data.series.map((each) => ({
      name: each.name, type: "line", data: each.values, step: each.step ? "end" : false, smooth: false,
      symbolSize: 4, lineStyle: { width: 2, type: each.dashed ? "dashed" : "solid" }, connectNulls: false,
    })),
  });
}

function bar(chart, data) {
  chart.setOption({
    textStyle: { fontFamily: FONT }, color: COLOURS, tooltip: { ...TOOLTIP, trigger: "axis" },
    grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
    xAxis: { type: "value", name: data.unit, axisLabel: { fontSize: 10 } },
    yAxis: { type: "category", inverse: true, data: data.labels, axisLabel: { fontSize: 11 } },
    series: data.series.map((each) => ({ name: each.name, type: "bar", data: each.values, barMaxWidth: 14 })),
  });
}

const DRAW = { map, line, bar };
for (const box of document.querySelectorAll("[data-chart]")) {
  const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
  const chart = echarts.init(box, null, { renderer: "svg" });
  DRAW[box.dataset.chart](chart, data);
  new ResizeObserver(() => chart.resize()).observe(box);
}
